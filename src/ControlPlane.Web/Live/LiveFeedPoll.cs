using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Telemetry;
using MediatR;

namespace ControlPlane.Web.Live;

/// <summary>Looks once a second, for all pages of the process together, and publishes what it saw.</summary>
public sealed class LiveFeedPoll(LiveFeed feed, ScheduleSender sender, TimeProvider clock, ILogger<LiveFeedPoll> logger) : BackgroundService
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    // Nodes report windows at most a few seconds late; those already seen are read again that far back.
    private static readonly TimeSpan ReadAgain = TimeSpan.FromSeconds(40);
    private const int RecentRollouts = 20;
    private const int RecentEverySeconds = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        do
        {
            await feed.Publish(await Look(stoppingToken));
        }
        while (await Tick(timer, stoppingToken));
    }

    /// <summary>One look: the newest snapshot, or the one before with the trouble said.</summary>
    public async Task<LiveSnapshot> Look(CancellationToken cancel)
    {
        var before = feed.Current;
        var now = clock.GetUtcNow();
        try
        {
            return await sender.InScope((mediator, token) => Read(mediator, before, now, token), cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            logger.LogWarning(fault, "The live pages could not be fed");
            return before with { At = now, Trouble = "The database could not be read; the figures are from before." };
        }
    }

    private async Task<LiveSnapshot> Read(IMediator mediator, LiveSnapshot before, DateTimeOffset now, CancellationToken cancel)
    {
        var horizon = now - Kept;
        var since = before.Trouble is null && before.Windows.Count > 0 ? Later(before.At - ReadAgain, horizon) : horizon;
        var windows = await mediator.Send(new ReadWindows(since, now.AddSeconds(10)), cancel);
        var nodes = await mediator.Send(new ListNodes(), cancel);
        var models = await mediator.Send(new ListModels(), cancel);
        var open = await mediator.Send(new ListRollouts(OpenOnly: true), cancel);
        var recent = IsUnchanged(before, open) && now.Second % RecentEverySeconds != 0 ? before.RecentRollouts : await mediator.Send(new ListRollouts(Take: RecentRollouts), cancel);
        var rolledBack = await ReadRollBack(mediator, before, recent, cancel);
        var splits = await ReadSplits(mediator, before, models, open, nodes, cancel);
        var checking = await ReadChecking(mediator, before, cancel);
        var releases = await ReadReleases(mediator, before, models, splits, cancel);
        return new(now, WindowMemory.Merge(before.Windows, windows, horizon), nodes, models, open, recent, rolledBack, splits, checking, null) { Releases = releases };
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static bool IsUnchanged(LiveSnapshot before, IReadOnlyList<RolloutView> open) => before.IsThere && before.Trouble is null
        && before.OpenRollouts.Select(rollout => (rollout.Id, rollout.ChangedAt)).SequenceEqual(open.Select(rollout => (rollout.Id, rollout.ChangedAt)));

    private static async Task<RolloutView?> ReadRollBack(IMediator mediator, LiveSnapshot before, IReadOnlyList<RolloutView> recent, CancellationToken cancel)
    {
        if (recent.Where(rollout => rollout.Phase == RolloutPhase.RolledBack).MaxBy(rollout => rollout.ChangedAt) is not { } newest) return null;
        return before.LastRollBack?.Id == newest.Id ? before.LastRollBack : await mediator.Send(new GetRollout(newest.Id), cancel);
    }

    // A split is read again only when a node serves another generation than the one known, or its model is being rolled out.
    private static async Task<IReadOnlyDictionary<string, SplitView>> ReadSplits(
        IMediator mediator, LiveSnapshot before, IReadOnlyList<ModelView> models, IReadOnlyList<RolloutView> open, IReadOnlyList<NodeView> nodes, CancellationToken cancel)
    {
        var moving = open.Select(rollout => rollout.Model).Concat(before.OpenRollouts.Select(rollout => rollout.Model)).ToHashSet();
        var newest = nodes.SelectMany(node => node.Generations).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Max(pair => pair.Value));
        var splits = new Dictionary<string, SplitView>();
        foreach (var model in models)
        {
            var known = before.Splits.GetValueOrDefault(model.Name);
            var isCurrent = known is not null && known.Champion == model.Champion && known.Generation >= newest.GetValueOrDefault(model.Name) && !moving.Contains(model.Name);
            splits[model.Name] = isCurrent ? known! : await mediator.Send(new GetSplit(model.Name), cancel);
        }

        return splits;
    }

    // A release always comes with a new generation, and a model's champion is known before its nodes have told of it.
    private static async Task<IReadOnlyList<ReleaseView>> ReadReleases(
        IMediator mediator, LiveSnapshot before, IReadOnlyList<ModelView> models, IReadOnlyDictionary<string, SplitView> splits, CancellationToken cancel)
    {
        var isUnchanged = before.IsThere && before.Trouble is null
            && before.Models.Select(model => (model.Name, model.Champion)).SequenceEqual(models.Select(model => (model.Name, model.Champion)))
            && splits.All(pair => before.Splits.GetValueOrDefault(pair.Key)?.Generation == pair.Value.Generation);
        return isUnchanged ? before.Releases : await mediator.Send(new ListReleases(Environment: "production"), cancel);
    }

    private async Task<IReadOnlyDictionary<VersionKey, VersionView>> ReadChecking(IMediator mediator, LiveSnapshot before, CancellationToken cancel)
    {
        var checking = new Dictionary<VersionKey, VersionView>();
        foreach (var key in feed.Watched)
        {
            var known = before.Checking.GetValueOrDefault(key);
            checking[key] = known is { Status: not VersionStatus.Checking } ? known : await mediator.Send(new GetVersion(key.Model, key.Version), cancel);
        }

        return checking;
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
