using ControlPlane.Domain.Access;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>
/// Takes a model back at once: with an open rollout to its champion (the rollout is rolled back), otherwise to <paramref name="ToVersion"/> or to the champion before.
/// The target must be loaded on the nodes.
/// </summary>
public sealed record RollBackModel(string Model, string Environment, int? ToVersion, string Reason) : IRequest<RollBackResult>, IPermitted
{
    public Permission? Needs => Permission.RollBack;
}

/// <summary>The new split generation and how long each node took, counted from the request.</summary>
public sealed record RollBackResult(long Generation, int Champion, double SavedMilliseconds, IReadOnlyList<NodeAcknowledgement> Nodes);

/// <summary>One node's answer; <paramref name="AcknowledgedMilliseconds"/> is null for a node that did not answer, with the reason.</summary>
public sealed record NodeAcknowledgement(string Node, double? AcknowledgedMilliseconds, string? Reason);
