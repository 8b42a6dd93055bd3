namespace LossActors.Actors.Control;

/// <summary>What another shell can ask of the owner of a run.</summary>
public enum ControlCommand
{
    /// <summary>Keep in-flight work and wait.</summary>
    Pause,
    /// <summary>Go on after a pause.</summary>
    Resume,
    /// <summary>Finish what was proposed, then end.</summary>
    Stop,
    /// <summary>End now.</summary>
    Cancel,
    /// <summary>Change the search.</summary>
    Amend,
    /// <summary>Have a node finish what it does and leave.</summary>
    Drain,
}
