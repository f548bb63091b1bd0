using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>What preprocessing made of a row, by name: the columns and the tensors that the model is fed with.</summary>
internal static class PreparedValues
{
    /// <summary>The tensor of this name where one is assembled, otherwise the column; null when there is neither.</summary>
    public static StageValues? Find(ServingPlan plan, PredictionBatch batch, NamedTensor[] feeds, string name, int row, int rows) =>
        IsColumn(plan, name) ? Column(plan, batch, name, row) : feeds.FirstOrDefault(feed => feed.Name == name).Tensor is { } tensor ? StageValues.Of(tensor, row, rows) : null;

    /// <summary>Every column, in the order in which they come up.</summary>
    public static IEnumerable<string> Columns(ServingPlan plan) => plan.Fields.Where(field => !field.IsRaw).Select(field => field.Field.Name);

    public static StageValues? Column(ServingPlan plan, PredictionBatch batch, string name, int row) =>
        plan.Fields.FirstOrDefault(field => field.Field.Name == name) is not { } field ? null
        : field.IsText ? new(null, [batch.Texts[field.Place][row]])
        : new([batch.Numbers[field.Place][row]], null);

    private static bool IsColumn(ServingPlan plan, string name) => plan.Fields.Any(field => field.Field.Name == name && !field.IsRaw);
}
