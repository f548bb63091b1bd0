using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Placements;

namespace ControlPlane.Worker.Node;

/// <summary>Enlists, then reports for as long as the node lives. Never stands in the way of serving, never gives up.</summary>
public sealed class NodeLife(NodeSettings settings, WebGateway web, Membership membership, ReportBuilder reports, ILogger<NodeLife> log) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private bool _silent;

    /// <summary>Tells the control plane what was counted since the last report; for the end of the process.</summary>
    public async Task Leave(CancellationToken cancellation)
    {
        if (web.Identity is null) return;
        try
        {
            await Report(web.Identity, cancellation);
        }
        catch (Exception cause) when (cause is not OperationCanceledException || cancellation.IsCancellationRequested)
        {
            log.LogWarning("The last report did not arrive: {Reason}", cause.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        membership.Recall();
        var backOff = new BackOff(FirstWait, LongestWait);
        var enlisted = false;
        while (!stopping.IsCancellationRequested)
        {
            var wait = TimeSpan.FromMilliseconds(web.Identity?.ReportIntervalMilliseconds ?? 1000);
            try
            {
                if (enlisted) await Report(web.Identity!, stopping);
                else await Enlist(stopping);
                enlisted = true;
                backOff.Reset();
                if (_silent) log.LogInformation("{Web} answers again", settings.Web);
                _silent = false;
            }
            catch (NotEnlistedException cause)
            {
                Say(cause);
                wait = enlisted ? TimeSpan.Zero : backOff.Next();
                enlisted = false;
            }
            catch (Exception cause) when (!stopping.IsCancellationRequested)
            {
                Say(cause);
                wait = backOff.Next();
            }

            await Task.Delay(wait, stopping);
        }
    }

    private async Task Enlist(CancellationToken cancellation)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var answer = await web.Enlist(
            new(settings.Name, settings.Address, settings.Environment, reports.Incarnation, ProgramVersion.Text, OrtEnvironment.Version, Environment.ProcessorCount, memory),
            cancellation);
        membership.Join(answer);
        log.LogInformation("Enlisted with {Web} as {NodeId}", settings.Web, answer.NodeId);
    }

    private async Task Report(NodeIdentity identity, CancellationToken cancellation)
    {
        var draft = reports.Build();
        var answer = await web.Report(identity, draft.Report, cancellation);
        draft.Acknowledge();
        membership.Obey(answer.Instruction);
    }

    /// <summary>Says once that the control plane is away, not every second.</summary>
    private void Say(Exception cause)
    {
        if (!_silent) log.LogWarning("{Web} does not take this node's word; it serves what it knows and keeps trying: {Reason}", settings.Web, cause.Message);
        _silent = true;
        membership.NoWord();
    }
}
