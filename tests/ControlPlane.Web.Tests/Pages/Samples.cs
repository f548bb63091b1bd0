using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Rollouts;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.Web.Live;

namespace ControlPlane.Web.Tests.Pages;

/// <summary>One model in the middle of a canary on two nodes, at a fixed instant.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 14, 30, 5, TimeSpan.Zero);
    private static readonly string Digest = "sha256:" + new string('a', 64);

    public static LiveSnapshot Empty => LiveSnapshot.None with { At = Now };

    public static SplitView Split => new("fraud-scoring", "production", 7, 12, [new(12, 75), new(14, 25)], []);

    public static ModelView Model => new("fraud-scoring", "Chargebacks", Now.AddDays(-9), 12, 14, [Summary(14), Summary(12)]);

    public static LiveSnapshot Canary => new(
        Now,
        [Window(12, TrafficRole.Champion, -30, 300, 3), Window(12, TrafficRole.Champion, -20, 300, 0), Window(14, TrafficRole.Challenger, -20, 100, 0)],
        [Node("local-1", NodeState.Ready), Node("local-2", NodeState.Ready)],
        [Model],
        [Rollout()],
        [Rollout()],
        null,
        new Dictionary<string, SplitView> { ["fraud-scoring"] = Split },
        new Dictionary<VersionKey, VersionView>(),
        null);

    public static VersionSummary Summary(int version) => new(version, VersionStatus.Ready, Digest, Digest, 4096, Now.AddDays(-1), "ana", $"notes of {version}");

    public static NodeView Node(string name, NodeState state) => new(
        Guid.NewGuid(), name, "http://localhost:5081", "production", state, Now.AddSeconds(-1), "0.1.0", "1.30.0", 4, 8L << 30, 200L << 20,
        [new PlacementReport("fraud-scoring", 12, Digest, PlacementState.Ready, null, "own_process", 12.5, 2e-7)], new Dictionary<string, long> { ["fraud-scoring"] = 7 });

    public static WindowView Window(int version, TrafficRole role, int secondsAgo, long requests, long failed) => new(
        "production", "fraud-scoring", version, role, new DateTimeOffset(2026, 11, 22, 14, 30, 0, TimeSpan.Zero).AddSeconds(secondsAgo), 10,
        WindowCounts.Empty with
        {
            Requests = requests,
            Predictions = requests - failed,
            Errors = failed == 0 ? new Dictionary<ErrorKind, long>() : new Dictionary<ErrorKind, long> { [ErrorKind.Engine] = failed },
            Latency = new(new Dictionary<int, long> { [LatencyHistogram.BucketOf(8000)] = requests - failed }),
            Scores = new(0, 1, new Dictionary<int, long> { [ScoreHistogram.BinOf(0.3, 0, 1)] = requests - failed }, 0.3 * (requests - failed)),
        });

    public static readonly Gate ErrorGate = new(GateMetric.ErrorRate, GateComparison.Champion, 0.01, null, 200, 60, GateAction.RollBack, GateAction.Hold);

    public static RolloutPlan Plan => new(
        RolloutKind.Canary,
        [new(StepExposure.Mirrored, 10_000, 600, 100), new(StepExposure.Answered, 2_500, 600, 1_000)],
        [ErrorGate], PromotionMode.Ask, null);

    public static RolloutView Rollout(RolloutPhase phase = RolloutPhase.Exposing, IReadOnlyList<RolloutAction>? allowed = null, RollBackResult? rollBack = null) => new(
        57, "fraud-scoring", "production", 14, Digest, 12, Plan, phase, 1, Now.AddSeconds(-300), 250,
        [new(ErrorGate, Verdict.Pass, 0.0002, 0.0002, 0.001, 250, "0.02 % against 0.02 %.", Now.AddSeconds(-2))],
        allowed ?? [RolloutAction.Hold, RolloutAction.Promote, RolloutAction.Rollback], "Step 2 of 2 began.", "ana", Now.AddHours(-1), Now.AddSeconds(-300),
        [new(Now.AddHours(-1), "ana", "drafted", RolloutPhase.Drafted, 0, ""), new(Now.AddSeconds(-300), "schedule", "step_began", RolloutPhase.Exposing, 1, "The gates of step 1 passed.")],
        rollBack);

    public static RollBackResult RolledBack => new(8, 12, 6.2, [new("local-1", 21.5, null), new("local-2", null, "did not answer within 2 s")]);

    public static VersionView Version(VersionStatus status, params CheckResult[] checks) => new(
        "fraud-scoring", 14, status, Digest, Digest, 4096, Digest, 40, false, Contract, "{}", checks, EnginePlace.OwnProcess, new Dictionary<string, int> { ["Gemm"] = 3 },
        Now.AddHours(-2), "ana", "better features");

    public static CheckResult Check(CheckName name, CheckOutcome outcome, string sentence) => new(name, outcome, sentence, new Dictionary<string, double>(), Now.AddMinutes(-1));

    public static Contract Contract => new(
        [new("amount", FieldType.Number, Min: 0, Max: 100000, Unit: "EUR"), new("country", FieldType.Category, Values: ["DE", "FR"])],
        [new ImputeStep("amount", 0, null), new AssembleStep("features", "FP32", ["amount"])],
        new RuntimeSettings(),
        [new("score", "probabilities", 1, FieldType.Number, 0, 1, Meaning: "chargeback")],
        new("score", [new(0.6, "review"), new(0.9, "block")], "allow"),
        new(), new(20, 0.001), ["country"], new("chargeback", "binary", "low", 90));
}
