namespace ControlPlane.Worker.Engines;

/// <summary>The process that ran the model has ended, or is being started again.</summary>
public sealed class EngineDiedException(string sentence) : Exception(sentence)
{
    /// <summary>Whether the request never reached the process, so that it is no cause of its end.</summary>
    public bool NeverReached { get; init; }
}
