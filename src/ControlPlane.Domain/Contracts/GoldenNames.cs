namespace ControlPlane.Domain.Contracts;

/// <summary>What golden samples of a contract may speak of.</summary>
internal sealed class GoldenNames
{
    private List<string>? _first;

    public GoldenNames(Contract contract)
    {
        Outputs = [.. contract.Outputs.Select(output => output.Name), .. contract.Policy is null ? Array.Empty<string>() : ["decision"]];
        ModelTensors = [.. contract.Outputs.Select(output => output.Tensor).Distinct(StringComparer.Ordinal)];
        PreparedColumns = contract.Preprocessing.Any(step => step is OnnxStep)
            ? null
            : [.. contract.Inputs.Select(input => input.Name).Concat(contract.Preprocessing.SelectMany(Made)).Distinct(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Outputs { get; }

    public IReadOnlyList<string> ModelTensors { get; }

    /// <summary>Columns and assembled tensors; null when a graph prepares the row, whose tensors the contract does not name.</summary>
    public IReadOnlyList<string>? PreparedColumns { get; }

    /// <summary>The outputs that the first sample expects, and every other one has to.</summary>
    public IReadOnlyList<string> ExpectedOutputs(IEnumerable<string> ofThisSample) => _first ??= [.. ofThisSample];

    private static IEnumerable<string> Made(PreprocessingStep step) => step switch
    {
        AssembleStep assemble => [assemble.Tensor],
        ImputeStep { Indicator: { } indicator } impute => [impute.Target, indicator],
        ColumnStep column => [column.Target],
        _ => [],
    };
}
