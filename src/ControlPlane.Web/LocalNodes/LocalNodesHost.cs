using ControlPlane.Web.Bootstrap;
using ControlPlane.Web.Composition;

namespace ControlPlane.Web.LocalNodes;

/// <summary>The nodes that Web starts itself (Nodes:Local of them, on Nodes:FirstPort and the following ports).</summary>
public sealed class LocalNodesHost(WebSettings settings, JoinToken joinToken, WebAddress address, TimeProvider clock, ILoggerFactory loggers) : BackgroundService
{
    private readonly NodeProbe _probe = new();
    private IReadOnlyList<LocalNode> _nodes = [];

    /// <summary>Where each local node stands; empty before the start and when there are none.</summary>
    public IReadOnlyList<LocalNodeView> Nodes => [.. _nodes.Select(node => node.View)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Nodes.Local == 0) return;
        // A node enlists as its first act, so Web has to listen before.
        if (await address.WhenListening(stoppingToken) is not { } web) return;
        var logger = loggers.CreateLogger("ControlPlane.LocalNodes");
        _nodes = [.. Enumerable.Range(0, settings.Nodes.Local).Select(index => new LocalNode(Plan(index, web), _probe, clock, logger))];
        await Task.WhenAll(_nodes.Select(node => node.KeepAlive(stoppingToken)));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_nodes.Select(node => node.Stop()));
    }

    public override void Dispose()
    {
        _probe.Dispose();
        base.Dispose();
    }

    private LocalNodePlan Plan(int index, string web)
    {
        var name = $"local-{index + 1}";
        return new(name, settings.Nodes.FirstPort + index, web, joinToken.Value, settings.Data.Node(name), ChildProgram.Beside("node", "ControlPlane.Worker.dll"));
    }
}
