using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>What was champion when, newest first; with <paramref name="At"/> what served at that instant.</summary>
public sealed record ListReleases(string? Model = null, string? Environment = null, DateTimeOffset? At = null) : IRequest<IReadOnlyList<ReleaseView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>How a version became champion.</summary>
public enum ReleaseCause
{
    Released,
    Promoted,
    RolledBack,
}

/// <summary>One stretch of time in which a version was champion.</summary>
public sealed record ReleaseView(
    string Model,
    string Environment,
    int Version,
    string ReleaseDigest,
    DateTimeOffset From,
    DateTimeOffset? Until,
    ReleaseCause Cause,
    string By,
    string Reason,
    long? RolloutId,
    long Generation);
