using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads the parts of a contract that are plain settings: runtime, promise, outcome.</summary>
internal static class SettingsReader
{
    private static readonly Dictionary<string, string> Kinds = Words("binary", "count", "continuous");
    private static readonly Dictionary<string, string> Goods = Words("low", "high");

    public static RuntimeSettings ReadRuntime(JsonElement? element, List<Problem> problems)
    {
        var otherwise = new RuntimeSettings();
        if (element is null) return otherwise;
        var fields = new JsonFields(element.Value, "runtime", problems);
        var format = fields.Choice("format", Words("onnx"), "onnx", required: false);
        var runtime = new RuntimeSettings(
            format,
            fields.OptionalInteger("threads", otherwise.Threads, 1, 256),
            fields.OptionalInteger("max_batch", otherwise.MaxBatch, 1, 65_536),
            fields.OptionalInteger("max_delay_microseconds", otherwise.MaxDelayMicroseconds, 0, 1_000_000),
            fields.OptionalInteger("timeout_milliseconds", otherwise.TimeoutMilliseconds, 1, 600_000),
            fields.OptionalInteger("memory_megabytes", otherwise.MemoryMegabytes, 16, 1_048_576));
        if (runtime.MaxDelayMicroseconds > 0)
            fields.Refuse("max_delay_microseconds", "waiting to join requests into one batch is not known yet; leave it out or say 0");
        fields.RefuseOthers();
        return runtime;
    }

    public static ServiceLevel? ReadSlo(JsonElement? element, List<Problem> problems)
    {
        if (element is null) return null;
        var fields = new JsonFields(element.Value, "slo", problems);
        var slo = new ServiceLevel(fields.OptionalNumber("latency_p99_milliseconds"), fields.OptionalNumber("error_rate"));
        if (slo.LatencyP99Milliseconds <= 0) fields.Refuse("latency_p99_milliseconds", "must be above 0");
        if (slo.ErrorRate is < 0 or > 1) fields.Refuse("error_rate", "must be from 0 to 1");
        fields.RefuseOthers();
        return slo is { LatencyP99Milliseconds: null, ErrorRate: null } ? null : slo;
    }

    public static OutcomeDefinition? ReadOutcome(JsonElement? element, List<Problem> problems)
    {
        if (element is null) return null;
        var fields = new JsonFields(element.Value, "outcome", problems);
        var outcome = new OutcomeDefinition(
            fields.RequiredName("name"),
            fields.Choice("kind", Kinds, "binary", required: true),
            fields.Choice("good", Goods, "low", required: true),
            fields.OptionalInteger("horizon_days", 1, 1, 36_500));
        if (!fields.Has("horizon_days")) fields.Refuse("horizon_days", "is missing");
        fields.RefuseOthers();
        return outcome;
    }

    private static Dictionary<string, string> Words(params string[] words) => words.ToDictionary(word => word, StringComparer.Ordinal);
}
