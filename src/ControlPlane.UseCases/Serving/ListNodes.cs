using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Pipeline;
using MediatR;

namespace ControlPlane.UseCases.Serving;

/// <summary>The fleet, by name.</summary>
public sealed record ListNodes(string? Environment = null) : IRequest<IReadOnlyList<NodeView>>, IPermitted
{
    public Permission? Needs => Permission.View;
}

/// <summary>What a node is doing as far as Web knows.</summary>
public enum NodeState
{
    /// <summary>Reports and serves.</summary>
    Ready,

    /// <summary>Reports, but does not serve yet.</summary>
    Starting,

    /// <summary>Has not reported for longer than the lease.</summary>
    Lost,
}

/// <summary>A node with its placements and the split generation that it serves, per model.</summary>
public sealed record NodeView(
    Guid Id,
    string Name,
    string Address,
    string Environment,
    NodeState State,
    DateTimeOffset LastReportAt,
    string ProgramVersion,
    string RuntimeVersion,
    int Cores,
    long MemoryBytes,
    long ResidentBytes,
    IReadOnlyList<PlacementReport> Placements,
    IReadOnlyDictionary<string, long> Generations);
