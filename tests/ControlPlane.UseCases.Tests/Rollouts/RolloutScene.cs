using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Database;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Tests.Rollouts;

/// <summary>A model with three ready versions and two nodes that report, load what they are told and serve what they can.</summary>
public sealed class RolloutScene(TestHouse house) : IAsyncDisposable
{
    public const string Model = "fraud-scoring";
    public const string Environment = "production";

    public TestHouse House => house;

    /// <summary>Nodes that are off: no reports, no answers.</summary>
    public HashSet<string> Off { get; } = [];

    /// <summary>Versions that no node can load.</summary>
    public HashSet<int> Broken { get; } = [];

    /// <summary>The contract of every version unless a test gives one another.</summary>
    public const string Contract = """{"inputs": [{"name": "amount", "type": "number"}], "outputs": [{"name": "score", "tensor": "t", "type": "number"}]}""";

    public static Gate ErrorGate { get; } = new(GateMetric.ErrorRate, GateComparison.Champion, 0.05, null, 100, 30, GateAction.RollBack, GateAction.Hold);

    public static RolloutPlan Immediate { get; } = new(RolloutKind.Immediate, [], [], PromotionMode.Ask, null);

    public static RolloutPlan Canary(PromotionMode promotion = PromotionMode.Ask, Gate? gate = null) =>
        new(RolloutKind.Canary, [new(StepExposure.Answered, 1000, 20, 100), new(StepExposure.Answered, 5000, 20, 100)], [gate ?? ErrorGate], promotion, null);

    public static async Task<RolloutScene> Open(DatabaseKind database, bool released = true)
    {
        var scene = new RolloutScene(await TestHouse.Open(database));
        await scene.House.Query(async context =>
        {
            context.Models.Add(new() { Name = Model, CreatedAt = scene.House.Clock.Now, CreatedBy = "ada" });
            for (var version = 1; version <= 3; version++) context.Versions.Add(Version(version, scene.House.Clock.Now));
            foreach (var name in new[] { "node-1", "node-2" }) context.Nodes.Add(Node(name, scene.House.Clock.Now));
            return await context.SaveChangesAsync();
        });
        scene.House.Gateway.BeforePush = scene.House.Crashes.Pass;
        if (released) await scene.Release(1);
        return scene;
    }

    /// <summary>Makes a version the champion by an immediate rollout.</summary>
    public async Task Release(int version)
    {
        var rollout = await Draft(Immediate, version);
        await Act(rollout.Id, RolloutAction.Submit, "first");
        await Turn();
        if ((await Get(rollout.Id)).Phase != RolloutPhase.Promoted) throw new InvalidOperationException((await Get(rollout.Id)).ToString());
        await Turn();
    }

    public Task<RolloutView> Draft(RolloutPlan plan, int version = 2) => House.Send(new DraftRollout(Model, version, Environment, plan));

    public Task<RolloutView> Act(long id, RolloutAction action, string? reason = null) => House.Send(new ActOnRollout(id, action, reason));

    public Task<RolloutView> Get(long id) => House.Send(new GetRollout(id));

    public Task<SplitView> Split() => House.Send(new GetSplit(Model));

    /// <summary>A canary of version 2 that exposes its first step.</summary>
    public async Task<RolloutView> Exposed(RolloutPlan? plan = null)
    {
        var rollout = await Draft(plan ?? Canary());
        await Act(rollout.Id, RolloutAction.Submit);
        await Turn();
        return await Get(rollout.Id);
    }

    /// <summary>Two seconds pass: nodes report, then the schedule looks.</summary>
    public async Task Turn()
    {
        House.Clock.Advance(2);
        await Report();
        await House.Crashes.While(() => House.Send(new AdvanceRollouts()));
    }

    public async Task Turns(int count)
    {
        for (var turn = 0; turn < count; turn++) await Turn();
    }

    /// <summary>Each node that is on loads what it is told and serves the newest split whose versions it has.</summary>
    public Task<int> Report() => House.Query(async context =>
    {
        foreach (var node in await context.Nodes.AsTracking().ToListAsync())
        {
            if (Off.Contains(node.Name)) continue;
            var instruction = await new NodeInstructions(context).For(node, CancellationToken.None);
            node.LastReportAt = House.Clock.Now;
            node.Placements = [.. instruction.Placements.Select(Placed)];
            node.Generations = instruction.Splits.ToDictionary(split => split.Model, split => split.Generation);
        }

        return await context.SaveChangesAsync();
    });

    /// <summary>A ten-second window that begins now, with what both versions answered.</summary>
    public Task<int> Traffic(long champion, long challenger, long challengerFailed = 0, TrafficRole role = TrafficRole.Challenger, long challengerRefused = 0) => House.Query(context =>
    {
        var node = context.Nodes.OrderBy(node => node.Name).First();
        context.Windows.Add(Window(node, 1, TrafficRole.Champion, champion, 0, 0));
        context.Windows.Add(Window(node, 2, role, challenger, challengerFailed, challengerRefused));
        return context.SaveChangesAsync();
    });

    /// <summary>Actions of the audit trail since the champion was released, oldest first.</summary>
    public Task<List<string>> Audited(long rolloutId) => House.Query(context =>
        context.AuditEntries.Where(entry => entry.Subject == $"rollouts/{rolloutId}").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());

    public ValueTask DisposeAsync() => House.DisposeAsync();

    private PlacementReport Placed(PlacementOrder order) => Broken.Contains(order.Version)
        ? new(order.Model, order.Version, order.ReleaseDigest, PlacementState.Failed, "golden row 3 differs by 0.2", null, null, null)
        : new(order.Model, order.Version, order.ReleaseDigest, PlacementState.Ready, null, "own_process", 12, 1e-7);

    private WindowRow Window(Node node, int version, TrafficRole role, long accepted, long failed, long refused)
    {
        var requests = accepted + refused;
        var counts = WindowCounts.Empty with
        {
            Requests = requests,
            Predictions = accepted - failed,
            Errors = new Dictionary<ErrorKind, long> { [ErrorKind.Engine] = failed, [ErrorKind.Payload] = refused },
            Latency = new(new Dictionary<int, long> { [LatencyHistogram.BucketOf(3000)] = accepted - failed }),
        };
        return new()
        {
            NodeId = node.Id, Incarnation = node.Incarnation, Environment = Environment, Model = Model, Version = version, Role = role, Segment = "",
            Start = House.Clock.Now, Seconds = 10, Counts = counts, Requests = requests, Predictions = counts.Predictions, FailedRequests = failed,
        };
    }

    private static ModelVersion Version(int number, DateTimeOffset now) => new()
    {
        Model = Model, Version = number, Status = VersionStatus.Ready, ReleaseDigest = $"sha256:{new string((char)('a' + number), 64)}",
        ArtifactDigest = $"sha256:{new string('0', 64)}", ArtifactBytes = 10, ContractJson = Contract, CheckId = Guid.NewGuid(), CreatedAt = now, CreatedBy = "ada",
    };

    private static Node Node(string name, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(), Name = name, Environment = Environment, Address = $"http://{name}", Key = $"key of {name}", Incarnation = Guid.NewGuid(),
        ProgramVersion = "1", RuntimeVersion = "1", Ready = true, EnlistedAt = now, LastReportAt = now,
    };
}
