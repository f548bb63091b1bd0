using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Makes the plan of a contract over the tensors of an open engine.</summary>
internal sealed class PlanMatch(Contract contract, IReadOnlyList<TensorSignature> engineInputs, IReadOnlyList<TensorSignature> modelOutputs)
{
    /// <exception cref="VersionLoadException">They do not fit; every reason is in it.</exception>
    public ServingPlan ToPlan()
    {
        var problems = ContractFit.Check(contract, engineInputs.ToPorts(), modelOutputs.ToPorts());
        if (problems.Count > 0) throw new VersionLoadException(problems);
        var preparation = PreparationPlan.Of(contract);
        var inputs = new InputMatch(contract, preparation, engineInputs);
        var feeds = inputs.ToFeeds();
        string[] tensors = [.. contract.Outputs.Select(output => output.Tensor).Distinct()];
        return new(contract, preparation, inputs.ToFields(), feeds, [.. contract.Outputs.Select(output => PlanOf(output, tensors))], tensors, inputs.RowsPerRun, FindScore());
    }

    private OutputPlan PlanOf(OutputField output, string[] tensors) =>
        new(output, Array.IndexOf(tensors, output.Tensor), modelOutputs.First(signature => signature.Name == output.Tensor).Type);

    /// <summary>Place of the output that is counted as the score: the policy's, else the first number; -1 when there is none.</summary>
    private int FindScore() =>
        contract.Outputs.ToList().FindIndex(output => contract.Policy is { } policy ? output.Name == policy.Score : output.Type == FieldType.Number);
}
