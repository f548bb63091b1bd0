using System.Text.Json;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.Web.Api;

namespace ControlPlane.Web.Telemetry;

/// <summary>Reads outcomes from a body: one object, an array, or JSON lines by content type. A malformed body is refused as a whole.</summary>
internal static class OutcomeBodies
{
    public const int Most = 10_000;

    public static async Task<IReadOnlyList<OutcomeReport>> Read(HttpRequest request, CancellationToken cancel)
    {
        var outcomes = IsLines(request.ContentType) ? await ReadLines(request.Body, cancel) : await ReadDocument(request, cancel);
        if (outcomes.Count == 0) throw RefusedException.Invalid("body", "holds no outcome");
        return outcomes.Count <= Most ? outcomes : throw new RefusedException(RefusalKind.TooLarge, $"At most {Most} outcomes in one request ({outcomes.Count} came).");
    }

    private static bool IsLines(string? contentType) =>
        contentType is not null && (contentType.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) || contentType.StartsWith("application/jsonl", StringComparison.OrdinalIgnoreCase));

    private static async Task<IReadOnlyList<OutcomeReport>> ReadDocument(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) throw RefusedException.Invalid("Content-Type", "must be application/json or application/x-ndjson");
        using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Array => [.. document.RootElement.Deserialize<IReadOnlyList<OutcomeBody>>(WireJson.Options)!.Select(outcome => outcome.Report())],
            JsonValueKind.Object => [document.RootElement.Deserialize<OutcomeBody>(WireJson.Options)!.Report()],
            _ => throw RefusedException.Invalid("body", "must be an object or an array"),
        };
    }

    private static async Task<IReadOnlyList<OutcomeReport>> ReadLines(Stream body, CancellationToken cancel)
    {
        var outcomes = new List<OutcomeReport>();
        using var reader = new StreamReader(body);
        for (var number = 1; await reader.ReadLineAsync(cancel) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                outcomes.Add((JsonSerializer.Deserialize<OutcomeBody>(line, WireJson.Options) ?? throw RefusedException.Invalid($"line {number}", "must be an object")).Report());
            }
            catch (JsonException fault)
            {
                throw JsonFault.Refusal(fault, $"line {number}: ");
            }
        }

        return outcomes;
    }
}

/// <summary>What really happened, by prediction id or by model and routing key.</summary>
public sealed record OutcomeBody(string? PredictionId = null, string? Model = null, string? RoutingKey = null, string? Name = null, double? Value = null, DateTimeOffset? At = null)
{
    public OutcomeReport Report() => new(PredictionId, Model, RoutingKey, Name, Value, At);
}
