using ControlPlane.Worker.Engines;

namespace ControlPlane.Worker.Serving;

/// <summary>Prepared rows → engine → outputs, postprocessed, labelled and checked → decision.</summary>
internal static class BatchRun
{
    /// <param name="watch">Sees what lies between the stages; null on a request's path.</param>
    public static async ValueTask Execute(ServingPlan plan, IEngine engine, PredictionBatch batch, IStageWatch? watch, CancellationToken cancellation)
    {
        batch.Reserve(batch.Rows);
        var most = plan.IsRaw ? Math.Max(1, batch.Rows) : plan.RowsPerRun;
        for (var from = 0; from < batch.Rows || (from == 0 && plan.IsRaw); from += most)
        {
            var count = Math.Min(most, batch.Rows - from);
            var feeds = await engine.Prepare(batch.Feed(from, count), cancellation);
            watch?.Prepared(batch, feeds);
            var tensors = await engine.Run(feeds, plan.TensorNames, cancellation);
            watch?.Answered(plan.TensorNames, tensors);
            for (var i = 0; i < plan.Outputs.Length; i++) OutputTake.Run(plan, i, tensors[plan.Outputs[i].TensorPlace].Tensor, batch, from, count);
        }

        plan.Decisions?.Decide(batch.Scores, batch.Numbers, batch.Texts, batch.Decisions);
    }
}
