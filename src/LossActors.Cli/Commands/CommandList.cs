using System.CommandLine;

namespace LossActors.Cli.Commands;

/// <summary>Every command, in the order in which help lists them.</summary>
internal static class CommandList
{
    public static IEnumerable<Command> All(CliEnvironment environment) =>
    [
        RunCommand.Create(environment),
        ResumeCommand.Create(environment),
        RunsCommand.Create(environment),
        ShowCommand.Create(environment),
        WatchCommand.Create(environment),
        .. ControlCommands.Create(environment),
        IslandsCommand.Create(environment),
        ChangeCommand.Create(environment),
        InjectCommand.Create(environment),
        DrainCommand.Create(environment),
        EvalCommand.Create(environment),
        VerifyCommand.Create(environment),
        TestCommand.Create(environment),
        CompareCommand.Create(environment),
        ExportCommand.Create(environment),
        ReportCommand.Create(environment),
        MigrateCommand.Create(environment),
        DatasetsCommand.Create(environment),
        NetworksCommand.Create(environment),
        LossesCommand.Create(environment),
        ExperimentsCommand.Create(environment),
        DoctorCommand.Create(environment),
        NodeCommand.Create(environment),
        BenchCommand.Create(environment),
        SimulateCommand.Create(environment),
    ];
}
