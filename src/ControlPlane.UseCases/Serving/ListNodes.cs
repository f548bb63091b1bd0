using ControlPlane.Domain.Access;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using MediatR;
using Microsoft.EntityFrameworkCore;

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

internal sealed class ListNodesHandler(ControlPlaneContext context, FleetSettings fleet, TimeProvider clock) : IRequestHandler<ListNodes, IReadOnlyList<NodeView>>
{
    public async Task<IReadOnlyList<NodeView>> Handle(ListNodes request, CancellationToken cancellationToken)
    {
        var nodes = await context.Nodes.AsNoTracking().Where(node => request.Environment == null || node.Environment == request.Environment)
            .OrderBy(node => node.Name).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return [.. nodes.Select(node => ToView(node, now))];
    }

    private NodeView ToView(Node node, DateTimeOffset now) => new(
        node.Id,
        node.Name,
        node.Address,
        node.Environment,
        node.IsLost(now, fleet.LeaseSeconds) ? NodeState.Lost : node.Ready ? NodeState.Ready : NodeState.Starting,
        node.LastReportAt,
        node.ProgramVersion,
        node.RuntimeVersion,
        node.Cores,
        node.MemoryBytes,
        node.ResidentBytes,
        node.Placements,
        node.Generations);
}
