namespace LossActors.Actors.Control;

/// <summary>What passes between the owner of a run and other shells: how it fares, and what is asked of it.</summary>
public interface IRunChannel
{
    /// <summary>The owner says how it fares, about once a second.</summary>
    void Tell(RunStatus status);

    /// <summary>What the owner said last; null: nothing that can be read. True only while somebody owns the run.</summary>
    RunStatus? Status();

    /// <summary>Asks something of the owner.</summary>
    /// <param name="request">What.</param>
    /// <param name="at">When: commands are taken in the order of their times.</param>
    /// <returns>What <see cref="IsWaiting"/> knows the command by.</returns>
    string Post(ControlRequest request, DateTimeOffset at);

    /// <summary>Whether a command has not been taken yet.</summary>
    bool IsWaiting(string posted);

    /// <summary>The owner takes what was asked since it last did.</summary>
    IReadOnlyList<ControlRequest> Take();
}
