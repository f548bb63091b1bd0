namespace ControlPlane.Demo.Surface;

/// <summary>A rollout as it is posted.</summary>
public sealed record RolloutDraft(string Model, int Version, string Kind, IReadOnlyList<StepDraft> Steps, IReadOnlyList<GateDraft> Gates)
{
    public string Environment => "production";

    /// <summary>A first release needs no second look; whoever watches the demonstration promotes the challenger by hand, or doesn't.</summary>
    public string Promotion => Kind == "immediate" ? "automatic" : "ask";

    public static RolloutDraft Immediate(string model, int version) => new(model, version, "immediate", [], []);

    public static RolloutDraft Shadow(string model, int version) => new(model, version, "shadow", [new(100, 3600, 1000)], GateDraft.Usual);

    public static RolloutDraft Canary(string model, int version) =>
        new(model, version, "canary", [new(5, 60, 100), new(25, 300, 1000), new(50, 600, 3000)], GateDraft.Usual);
}

public sealed record StepDraft(double SharePercent, int HoldSeconds, int MinimumPredictions);

public sealed record GateDraft(string Metric, double Margin, int MinimumSample, string OnFail)
{
    /// <summary>
    /// Errors take the challenger back by themselves; two points of allowance can be shown to hold after a few minutes at 5 % of this traffic.
    /// The latency of two small models on one busy machine is noisy: it may double, and beyond that a person looks.
    /// </summary>
    public static readonly IReadOnlyList<GateDraft> Usual =
    [
        new("error_rate", 0.02, 100, "roll_back"),
        new("latency_p99_milliseconds", 1.0, 100, "hold"),
    ];

    public string ComparedWith => "champion";

    public int WindowSeconds => 60;

    public string OnNoData => "hold";
}
