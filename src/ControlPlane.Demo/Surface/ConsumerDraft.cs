namespace ControlPlane.Demo.Surface;

/// <summary>A program that reads a model's answers.</summary>
public sealed record ConsumerDraft(string Name, int ResponseMajor, IReadOnlyList<string> Fields, string Owner, string Contact);
