using ControlPlane.Domain.Access;

namespace ControlPlane.UseCases.Access;

/// <summary>Who is asking.</summary>
public enum CallerKind
{
    Anonymous,
    Person,
    ApiKey,
    Node,

    /// <summary>A scheduled use case.</summary>
    Schedule,
}

/// <summary>Who is asking, by name, with roles and where from.</summary>
public sealed record Caller(CallerKind Kind, string Name, IReadOnlyList<Role> Roles, string? Address)
{
    public static Caller Schedule { get; } = new(CallerKind.Schedule, "schedule", [Role.Administrator], null);

    public static Caller Anonymous { get; } = new(CallerKind.Anonymous, "anonymous", [], null);
}

/// <summary>Tells who is asking, for this scope.</summary>
public interface ICurrentCaller
{
    Caller Caller { get; }
}
