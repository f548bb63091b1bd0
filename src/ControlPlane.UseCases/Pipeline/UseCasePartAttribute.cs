namespace ControlPlane.UseCases.Pipeline;

/// <summary>Marks what several handlers share, so that registration finds it (one per scope).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UseCasePartAttribute : Attribute;
