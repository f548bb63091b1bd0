using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Serving;

/// <summary>How a generation reached the nodes. Complete: every node that is not lost serves it.</summary>
public sealed record DeliveredSplit(RollBackResult Result, bool Complete);

/// <summary>
/// Brings a saved generation to all nodes of an environment at once and keeps how long each took. Repeating it pushes only to nodes that have not
/// acknowledged yet. What is missed here, the node finds in the answer to its next report.
/// </summary>
[UseCasePart]
public sealed class SplitDelivery(ControlPlaneContext database, INodeGateway gateway, INodeInstructions instructions, FleetSettings fleet, TimeProvider clock)
{
    public static readonly TimeSpan PushTimeout = TimeSpan.FromSeconds(2);

    // A node that was taken away for good is not named for ever.
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    private const int MostAttempts = 3;

    /// <summary>Not cancellable: the split is saved, and whoever asked for it may have gone.</summary>
    public async Task<DeliveredSplit> Deliver(string environment, string model, long generation)
    {
        var now = clock.GetUtcNow();
        var change = await database.SplitChanges.AsNoTracking()
            .SingleAsync(change => change.Environment == environment && change.Model == model && change.Generation == generation, CancellationToken.None);
        var saved = change.SavedMilliseconds > 0 ? change.SavedMilliseconds : Math.Max(0, (now - change.RequestedAt).TotalMilliseconds);
        var nodes = await Nodes(environment);
        var known = await Read(environment, model, generation, CancellationToken.None);
        var missing = nodes.Where(node => known!.Nodes.All(answer => answer.Node != node.Name || answer.AcknowledgedMilliseconds is null)).ToList();
        var answers = await Task.WhenAll([.. await Started(missing, change)]);
        await Store(change, saved, answers);
        var result = (await Read(environment, model, generation, CancellationToken.None))!;
        return new(result, nodes.Where(node => !IsLost(node)).All(node => result.Nodes.Any(answer => answer.Node == node.Name && answer.AcknowledgedMilliseconds is not null)));
    }

    /// <summary>What is known of a generation's way to the nodes; null for a generation that was never saved.</summary>
    public async Task<RollBackResult?> Read(string environment, string model, long generation, CancellationToken cancellationToken)
    {
        var change = await database.SplitChanges.AsNoTracking()
            .SingleOrDefaultAsync(change => change.Environment == environment && change.Model == model && change.Generation == generation, cancellationToken);
        if (change is null) return null;
        var answers = await database.SplitAcknowledgements.AsNoTracking()
            .Where(answer => answer.Environment == environment && answer.Model == model && answer.Generation == generation)
            .OrderBy(answer => answer.Node)
            .Select(answer => new NodeAcknowledgement(answer.Node, answer.AcknowledgedMilliseconds, answer.Reason))
            .ToListAsync(cancellationToken);
        return new(generation, change.Champion, change.SavedMilliseconds, answers);
    }

    private async Task<IReadOnlyList<Node>> Nodes(string environment)
    {
        var since = clock.GetUtcNow() - Forgotten;
        return await database.Nodes.AsNoTracking().Where(node => node.Environment == environment && node.LastReportAt >= since).OrderBy(node => node.Name).ToListAsync();
    }

    // The context serves one query at a time, so the instructions are read one after the other; the pushes then run side by side.
    private async Task<IReadOnlyList<Task<NodeAcknowledgement>>> Started(IReadOnlyList<Node> nodes, SplitChange change)
    {
        var pushes = new List<Task<NodeAcknowledgement>>();
        foreach (var node in nodes)
        {
            pushes.Add(
                node.Generations.GetValueOrDefault(change.Model) >= change.Generation ? Task.FromResult(new NodeAcknowledgement(node.Name, MillisecondsSince(change.RequestedAt), "told by its report"))
                : IsLost(node) ? Task.FromResult(new NodeAcknowledgement(node.Name, null, $"has not reported since {node.LastReportAt:u}"))
                : Push(node, await instructions.For(node, CancellationToken.None), change));
        }

        return pushes;
    }

    private async Task<NodeAcknowledgement> Push(Node node, NodeInstruction instruction, SplitChange change)
    {
        using var timeout = new CancellationTokenSource(PushTimeout, clock);
        try
        {
            var answer = await gateway.Push(new(node.Id, node.Name, node.Address, node.Key), instruction, timeout.Token);
            return answer.Generations.GetValueOrDefault(change.Model) >= change.Generation
                ? new(node.Name, MillisecondsSince(change.RequestedAt), null)
                : new(node.Name, null, answer.Refused.GetValueOrDefault(change.Model) ?? $"serves generation {answer.Generations.GetValueOrDefault(change.Model)} still");
        }
        catch (NodeUnreachableException unreachable)
        {
            return new(node.Name, null, unreachable.Message);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new(node.Name, null, $"did not answer within {PushTimeout.TotalSeconds:0} s");
        }
    }

    // Two deliveries of one generation may store at once: whoever comes second reads again and keeps what is there already.
    private async Task Store(SplitChange change, double savedMilliseconds, IReadOnlyList<NodeAcknowledgement> answers)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Merge(change, savedMilliseconds, answers);
                await database.SaveChangesAsync(CancellationToken.None);
                return;
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                foreach (var entry in database.ChangeTracker.Entries<SplitAcknowledgement>().ToList()) entry.State = EntityState.Detached;
            }
        }
    }

    private async Task Merge(SplitChange change, double savedMilliseconds, IReadOnlyList<NodeAcknowledgement> answers)
    {
        var stored = await database.SplitChanges.AsTracking()
            .SingleAsync(row => row.Environment == change.Environment && row.Model == change.Model && row.Generation == change.Generation);
        if (stored.SavedMilliseconds == 0) stored.SavedMilliseconds = savedMilliseconds;
        var known = await database.SplitAcknowledgements.AsTracking()
            .Where(row => row.Environment == change.Environment && row.Model == change.Model && row.Generation == change.Generation)
            .ToDictionaryAsync(row => row.Node);
        foreach (var answer in answers)
        {
            if (!known.TryGetValue(answer.Node, out var row))
            {
                row = new() { Environment = change.Environment, Model = change.Model, Generation = change.Generation, Node = answer.Node };
                database.SplitAcknowledgements.Add(row);
            }

            if (row.AcknowledgedMilliseconds is not null) continue;
            (row.AcknowledgedMilliseconds, row.Reason) = (answer.AcknowledgedMilliseconds, answer.Reason);
        }
    }

    private bool IsLost(Node node) => clock.GetUtcNow() - node.LastReportAt > TimeSpan.FromSeconds(fleet.LeaseSeconds);

    private double MillisecondsSince(DateTimeOffset requestedAt) => Math.Max(0, (clock.GetUtcNow() - requestedAt).TotalMilliseconds);
}
