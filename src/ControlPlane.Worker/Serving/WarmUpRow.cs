using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Serving;

/// <summary>A row that the contract allows, made of the smallest values.</summary>
internal static class WarmUpRow
{
    public static void Fill(ServingPlan plan, PredictionBatch batch)
    {
        batch.Rows = 1;
        foreach (var field in plan.Fields)
        {
            if (field.Field.Tensor is { } raw)
                batch.RawInputs[field.Place] = Tensor.Create(TensorElements.TypeOf(raw.Datatype), [.. raw.Shape.Select(axis => axis < 0 ? 1 : axis)]);
            else if (field.IsText)
                batch.Texts[field.Place][0] = field.Field.Values is [var first, ..] ? first : "";
            else
                batch.Numbers[field.Place][0] = field.Field.AllowedNumbers is [var number, ..] ? number : Math.Clamp(0, field.Field.Min ?? double.MinValue, field.Field.Max ?? double.MaxValue);
        }

        if (plan.Fields is [{ IsRaw: true } only, ..] && batch.RawInputs[only.Place]!.Shape is [var rows, ..]) batch.Rows = (int)rows;
    }
}
