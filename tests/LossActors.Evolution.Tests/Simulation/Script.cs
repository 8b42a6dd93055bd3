using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;

namespace LossActors.Evolution.Tests.Simulation;

/// <summary>One island, told step by step what evaluators found.</summary>
internal sealed class Script
{
    private UInt128 _fingerprint;

    public Script(IslandSettings settings, int births = 1000, bool exhausted = false)
    {
        State = Island.Initial(settings);
        Send(new IslandCommand.Grant(1, births));
        if (exhausted)
        {
            Send(new IslandCommand.Grant(2, 0));
        }
    }

    public IslandState State { get; private set; }

    public List<IslandEvent> Journal { get; } = [];

    public Judgement LastJudgement => Journal.OfType<IslandEvent.Judged>().Last().Judgement;

    public IslandEvent.Proposed LastProposal => Journal.OfType<IslandEvent.Proposed>().Last();

    public Assignment? Owed(int birth) => Island.Outstanding(State).FirstOrDefault(a => a.Candidate.Birth == birth);

    public void Send(IslandCommand command)
    {
        var events = Island.Decide(State, command);
        Journal.AddRange(events);
        State = events.Aggregate(State, Island.Apply);
    }

    /// <summary>Goes on from a snapshot of its state.</summary>
    public void Restart() => State = IslandSnapshot.Of(State).Restore(State.Settings);

    public void Report(int birth, Stage stage, Finding finding) => Send(new IslandCommand.Report(State.IdOf(birth), stage, finding));

    /// <summary>Passes the gates, under a fingerprint of its own unless one is given.</summary>
    public void Pass(int birth, UInt128? fingerprint = null, double seconds = 1) =>
        Report(birth, Stage.Screen, new Finding.Screened(Gate.Passed, fingerprint ?? ++_fingerprint + 1_000_000, seconds));

    public void Stop(int birth, Gate gate = Gate.Rejected, double seconds = 1) =>
        Report(birth, Stage.Screen, new Finding.Screened(gate, default, seconds));

    public void Train(int birth, double fitness, double seconds = 10) =>
        Report(birth, Stage.Train, new Finding.Trained([fitness], 500, Diverged: false, seconds));

    /// <summary>Takes the first birth in flight through gates and training.</summary>
    public int Finish(double fitness)
    {
        var birth = Island.Outstanding(State)[0].Candidate.Birth;
        if (Owed(birth)!.Stage == Stage.Screen)
        {
            Pass(birth);
        }

        Train(birth, fitness);
        return birth;
    }
}
