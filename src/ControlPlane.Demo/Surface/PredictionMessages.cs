using ControlPlane.Demo.Rows;

namespace ControlPlane.Demo.Surface;

/// <summary>The row form of a prediction request, and its answer.</summary>
public sealed record PredictRequest(IReadOnlyList<IReadOnlyDictionary<string, object>> Instances, string RoutingKey)
{
    public static PredictRequest For(IEnumerable<Row> rows, string routingKey) => new([.. rows.Select(row => row.Values)], routingKey);
}

public sealed record PredictAnswer(string ModelVersion, IReadOnlyList<Prediction> Predictions);

public sealed record Prediction(string PredictionId, double Score, string? Decision);
