using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Serving;

/// <summary>Matches a contract with the model's own tensors and says everything that does not fit.</summary>
internal sealed class PlanMatch(Contract contract, IReadOnlyList<TensorSignature> modelInputs, IReadOnlyList<TensorSignature> modelOutputs)
{
    private readonly List<Problem> _problems = [];

    /// <exception cref="VersionLoadException">They do not fit; every reason is in it.</exception>
    public ServingPlan ToPlan()
    {
        var preparation = PreparationPlan.Of(contract);
        var inputs = new InputMatch(contract, preparation, modelInputs, _problems);
        var feeds = inputs.ToFeeds();
        var tensorNames = contract.Outputs.Select(output => output.Tensor).Distinct().ToArray();
        var outputs = contract.Outputs.Select((output, i) => MatchOutput(output, i, Array.IndexOf(tensorNames, output.Tensor))).ToArray();
        if (_problems.Count > 0) throw new VersionLoadException(_problems);
        return new(contract, preparation, inputs.ToFields(), feeds, outputs, tensorNames, inputs.RowsPerRun, ScorePlace());
    }

    private OutputPlan MatchOutput(OutputField output, int place, int tensorPlace)
    {
        var path = $"outputs/{place}";
        if (Find(modelOutputs, output.Tensor, $"{path}/tensor", "output") is not { } signature) return new(output, tensorPlace, ElementType.Undefined);
        var isText = signature.Type == ElementType.String;
        if (output.Shape is { } raw)
        {
            if (Datatype(signature) != raw.Datatype || !Fits(raw.Shape, signature.Shape))
                Refuse(path, $"is {raw.Datatype} [{string.Join(", ", raw.Shape)}], but the model's output is {Describe(signature)}");
        }
        else if (isText != (output.Type is FieldType.Category or FieldType.Text))
        {
            Refuse($"{path}/type", $"is {Word(output.Type)}, but the model's output is {Describe(signature)}");
        }
        else if (signature.Kind == ValueKind.Tensor && signature.Shape.Count > 1 && signature.Shape.Skip(1).All(axis => axis >= 0))
        {
            var width = signature.Shape.Skip(1).Aggregate(1L, (product, axis) => product * axis);
            if (output.Index is null && width != 1) Refuse($"{path}/index", $"must say which of the {width} columns of {Describe(signature)}");
            if (output.Index >= width) Refuse($"{path}/index", $"is {output.Index}, but the model's output is {Describe(signature)}");
        }

        return new(output, tensorPlace, signature.Type);
    }

    private int ScorePlace()
    {
        var outputs = contract.Outputs.ToList();
        return contract.Policy is { } policy
            ? outputs.FindIndex(output => output.Name == policy.Score)
            : outputs.FindIndex(output => output.Type == FieldType.Number);
    }

    private TensorSignature? Find(IReadOnlyList<TensorSignature> signatures, string name, string path, string role)
    {
        if (signatures.FirstOrDefault(signature => signature.Name == name) is { } found)
        {
            if (found.IsRunnable) return found;
            Refuse(path, $"the model's {role} {Describe(found)} cannot be served");
            return null;
        }

        Refuse(path, $"the model has no {role} {name}; it has {string.Join(", ", signatures.Select(Describe))}");
        return null;
    }

    private void Refuse(string path, string sentence) => _problems.Add(new(path, sentence));

    internal static bool Fits(IReadOnlyList<long> declared, IReadOnlyList<long> actual) =>
        // The runtime gives a scalar and an unknown rank alike.
        actual.Count == 0 || declared.Count == 0 || (declared.Count == actual.Count && declared.Zip(actual).All(pair => pair.First < 0 || pair.Second < 0 || pair.First == pair.Second));

    internal static string? Datatype(TensorSignature signature) =>
        signature.Kind == ValueKind.MapSequence ? "FP32" : TensorDatatype.OfOnnx((int)signature.Type);

    internal static string Describe(TensorSignature signature) =>
        string.Create(CultureInfo.InvariantCulture, $"{signature.Name} ({Datatype(signature) ?? signature.Type.ToString()} [{string.Join(", ", signature.Shape)}])");

    internal static string Word(FieldType type) => type.ToString().ToLowerInvariant();
}
