using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Matches a contract with the model's own tensors and says everything that does not fit.</summary>
internal sealed class PlanMatch(Contract contract, IReadOnlyList<TensorSignature> modelInputs, IReadOnlyList<TensorSignature> modelOutputs)
{
    /// <exception cref="VersionLoadException">They do not fit; every reason is in it.</exception>
    public ServingPlan ToPlan()
    {
        var problems = new List<Problem>();
        var preparation = PreparationPlan.Of(contract);
        var inputs = new InputMatch(contract, preparation, modelInputs, problems);
        var feeds = inputs.ToFeeds();
        var outputs = new OutputMatch(contract, modelOutputs, problems);
        var plans = outputs.ToPlans();
        if (problems.Count > 0) throw new VersionLoadException(problems);
        return new(contract, preparation, inputs.ToFields(), feeds, plans, outputs.TensorNames, inputs.RowsPerRun, outputs.ScorePlace);
    }
}
