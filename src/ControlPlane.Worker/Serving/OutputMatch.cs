using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;
using static ControlPlane.Worker.Serving.TensorMatch;

namespace ControlPlane.Worker.Serving;

/// <summary>Matches the contract's outputs with the model's.</summary>
internal sealed class OutputMatch(Contract contract, IReadOnlyList<TensorSignature> modelOutputs, List<Problem> problems)
{
    /// <summary>The model's outputs that are asked for.</summary>
    public string[] TensorNames { get; } = [.. contract.Outputs.Select(output => output.Tensor).Distinct()];

    /// <summary>Place of the output that is counted as the score: the policy's, else the first number; -1 when there is none.</summary>
    public int ScorePlace => contract.Outputs.ToList().FindIndex(output => contract.Policy is { } policy ? output.Name == policy.Score : output.Type == FieldType.Number);

    public OutputPlan[] ToPlans() => [.. contract.Outputs.Select((output, place) => Match(output, $"outputs/{place}"))];

    private OutputPlan Match(OutputField output, string path)
    {
        var tensorPlace = Array.IndexOf(TensorNames, output.Tensor);
        if (Find(modelOutputs, output.Tensor, $"{path}/tensor", "output", problems) is not { } signature) return new(output, tensorPlace, ElementType.Undefined);
        if (output.Shape is { } raw)
        {
            if (Datatype(signature) != raw.Datatype || !Fits(raw.Shape, signature.Shape))
                Refuse(path, $"is {raw.Datatype} [{string.Join(", ", raw.Shape)}], but the model's output is {Describe(signature)}");
            else if (output.Labels is { } labels && signature.Shape is [.., >= 0 and var columns] && columns != labels.Count)
                Refuse($"{path}/labels", $"name {labels.Count} columns, but the model's output is {Describe(signature)}");
        }
        else if (output.Explanation is { } form)
        {
            MatchExplanation(form, signature, path);
        }
        else
        {
            MatchValue(output, signature, path);
        }

        return new(output, tensorPlace, signature.Type);
    }

    private void MatchValue(OutputField output, TensorSignature signature, string path)
    {
        var isText = signature.Type == ElementType.String;
        var wantsText = output.Type is FieldType.Category or FieldType.Text;
        var chooses = output.PostprocessingSteps.Any(step => step is ArgmaxStep);
        if (isText && !wantsText || wantsText && !isText && output.Labels is null)
            Refuse($"{path}/type", $"is {Word(output.Type)}, but the model's output is {Describe(signature)}");
        else if (isText && output.PostprocessingSteps.Count > 0)
            Refuse($"{path}/postprocessing", $"is for numbers, but the model's output is {Describe(signature)}");
        else if (wantsText && !isText && !chooses && !IsWhole(signature.Type))
            Refuse($"{path}/labels", $"need a class number, but the model's output is {Describe(signature)}; choose one with argmax");
        else if (WidthOf(signature) is { } width) MatchWidth(output, signature, width, chooses, path);
    }

    private void MatchWidth(OutputField output, TensorSignature signature, long width, bool chooses, string path)
    {
        if (!chooses && output.Index is null && width != 1) Refuse($"{path}/index", $"must say which of the {width} columns of {Describe(signature)}");
        if (!chooses && output.Index >= width) Refuse($"{path}/index", $"is {output.Index}, but the model's output is {Describe(signature)}");
        if (width == 1 && output.PostprocessingSteps.Any(step => step is SoftmaxStep or ArgmaxStep))
            Refuse($"{path}/postprocessing", $"compares columns, but the model's output is {Describe(signature)}; a single logit takes sigmoid");
        // Labels of a number, and those that an argmax chooses from, are the columns' own; those of class numbers are not.
        var ofColumns = chooses || output.Type is not (FieldType.Category or FieldType.Text);
        if (ofColumns && output.Labels is { } labels && labels.Count != width)
            Refuse($"{path}/labels", $"name {labels.Count} columns, but the model's output is {Describe(signature)}");
    }

    private void MatchExplanation(ExplanationForm form, TensorSignature signature, string path)
    {
        var isText = signature.Type == ElementType.String;
        if (form.Kind == ExplanationKind.Attributions)
        {
            if (isText || signature.Type == ElementType.Bool)
                Refuse($"{path}/explanation/kind", $"is attributions, which are numbers, but the model's output is {Describe(signature)}");
            else if (WidthOf(signature) is { } width && width != form.Features?.Count)
                Refuse($"{path}/explanation/features", $"name {form.Features?.Count ?? 0} columns, but the model's output is {Describe(signature)}");
        }
        else if (form.Codes is null && !isText)
        {
            Refuse($"{path}/explanation/codes", $"must say what the numbers of {Describe(signature)} stand for");
        }
        else if (form.Codes is not null && !IsWhole(signature.Type))
        {
            Refuse($"{path}/explanation/codes", $"are counted through by whole numbers, but the model's output is {Describe(signature)}");
        }
    }

    /// <summary>Values per row; null where only a run tells.</summary>
    private static long? WidthOf(TensorSignature signature) =>
        signature.Kind == ValueKind.Tensor && signature.Shape.Count > 0 && signature.Shape.Skip(1).All(axis => axis >= 0)
            ? signature.Shape.Skip(1).Aggregate(1L, (product, axis) => product * axis)
            : null;

    private static bool IsWhole(ElementType type) => type is ElementType.Int64 or ElementType.Int32 or ElementType.Int16 or ElementType.Int8
        or ElementType.UInt64 or ElementType.UInt32 or ElementType.UInt16 or ElementType.UInt8 or ElementType.Bool;

    private void Refuse(string path, string sentence) => problems.Add(new(path, sentence));
}
