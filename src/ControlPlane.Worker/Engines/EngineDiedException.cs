namespace ControlPlane.Worker.Engines;

/// <summary>The process that ran the model has ended, or is being started again.</summary>
public sealed class EngineDiedException(string sentence) : Exception(sentence);
