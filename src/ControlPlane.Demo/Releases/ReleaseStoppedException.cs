namespace ControlPlane.Demo.Releases;

/// <summary>The demonstration can't be set up; the message says what a person would have to look at.</summary>
public sealed class ReleaseStoppedException(string sentence) : Exception(sentence);
