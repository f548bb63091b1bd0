using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>What preprocessing made of a row of the run at hand, by name: the columns and the tensors that the model is fed with.</summary>
internal static class PreparedValues
{
    /// <summary>The tensor of this name, which is what the model sees, or the column where none is fed by it; null when there is neither.</summary>
    public static StageValues? Find(ServingPlan plan, PredictionBatch batch, NamedTensor[] feeds, string name, int row, int rows) =>
        feeds.FirstOrDefault(feed => feed.Name == name).Tensor is { } tensor ? StageValues.Of(tensor, row, rows)
        : plan.Preparation.Find(name) is { } column ? Column(batch, column, row)
        : null;

    /// <summary>A column's value, or its values where it is several wide; null when the run has no such row.</summary>
    public static StageValues? Column(PredictionBatch batch, PreparedColumn column, int row)
    {
        if (row >= batch.Prepared.Count) return null;
        if (column.IsText) return new(null, [batch.Prepared.Texts(column)[row]]);
        var numbers = new double[column.Width];
        for (var at = 0; at < numbers.Length; at++) numbers[at] = batch.Prepared.Numbers(column, at)[row];
        return new(numbers, null);
    }
}
