using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>What must hold between the parts of a contract.</summary>
internal static class ContractRules
{
    public static void Check(Contract contract, List<Problem> problems)
    {
        RefuseTwins(contract.Inputs.Select(input => input.Name), "inputs", problems);
        RefuseTwins(contract.Outputs.Select(output => output.Name), "outputs", problems);
        var inputs = contract.Inputs.DistinctBy(input => input.Name).ToDictionary(input => input.Name, StringComparer.Ordinal);
        CheckSteps(contract.Preprocessing, inputs, problems);
        CheckTensorNames(contract, problems);
        if (contract.Policy is { } policy) CheckPolicy(policy, contract.Outputs, problems);
        CheckSegments(contract.Segments, inputs, problems);
    }

    private static void RefuseTwins(IEnumerable<string> names, string path, List<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, name) in names.Index())
        {
            if (!seen.Add(name)) problems.Add(new($"{path}/{i}/name", $"{name} is given twice"));
        }
    }

    private static void CheckSteps(IReadOnlyList<PreprocessingStep> steps, Dictionary<string, InputField> inputs, List<Problem> problems)
    {
        var imputed = new HashSet<string>(StringComparer.Ordinal);
        var assembled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, step) in steps.Index())
        {
            var path = $"preprocessing/{i}";
            if (step is AssembleStep assemble)
            {
                foreach (var (c, column) in assemble.Columns.Index())
                {
                    assembled.Add(column);
                    if (RefuseColumn(column, inputs) is { } sentence) problems.Add(new($"{path}/columns/{c}", sentence));
                }
            }
            else if (step is ImputeStep impute && RefuseImpute(impute, inputs, imputed, assembled) is { } problem)
            {
                problems.Add(new($"{path}/{problem.Path}", problem.Sentence));
            }
        }
    }

    private static string? RefuseColumn(string column, Dictionary<string, InputField> inputs) =>
        !inputs.TryGetValue(column, out var input) ? $"{column} is not an input"
        : input.Type is FieldType.Number or FieldType.Integer or FieldType.Boolean ? null
        : $"{column} is a {Name(input.Type)}; assemble takes numbers, integers and booleans";

    private static Problem? RefuseImpute(ImputeStep step, Dictionary<string, InputField> inputs, HashSet<string> imputed, HashSet<string> assembled)
    {
        if (!inputs.TryGetValue(step.Feature, out var input)) return new("feature", $"{step.Feature} is not an input");
        if (input.Type == FieldType.Tensor) return new("feature", $"{step.Feature} is a raw tensor; impute takes single values");
        if (input.Required) return new("feature", $"{step.Feature} is required and so never missing; say \"required\": false or drop the step");
        if (!imputed.Add(step.Feature)) return new("feature", $"{step.Feature} is imputed twice");
        if (assembled.Contains(step.Feature)) return new("feature", $"{step.Feature} is imputed after a step that already reads it");
        var textual = input.Type is FieldType.Category or FieldType.Text;
        if (textual != (step.Text is not null)) return new("value", $"must be {(textual ? "text" : "a number")}, as {step.Feature} is a {Name(input.Type)}");
        if (input.Type == FieldType.Integer && !double.IsInteger(step.Number!.Value)) return new("value", $"must be whole, as {step.Feature} is an integer");
        return input.Type == FieldType.Boolean && step.Number is not (0 or 1) ? new("value", $"must be true or false, as {step.Feature} is a boolean") : null;
    }

    private static void CheckTensorNames(Contract contract, List<Problem> problems)
    {
        var consumed = contract.Preprocessing.OfType<AssembleStep>().SelectMany(step => step.Columns).ToHashSet(StringComparer.Ordinal);
        var taken = contract.Inputs.Select(input => input.Name).Where(name => !consumed.Contains(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (i, step) in contract.Preprocessing.Index())
        {
            if (step is AssembleStep assemble && !taken.Add(assemble.Tensor))
                problems.Add(new($"preprocessing/{i}/tensor", $"{assemble.Tensor} is already the name of a tensor"));
        }
    }

    private static void CheckPolicy(DecisionPolicy policy, IReadOnlyList<OutputField> outputs, List<Problem> problems)
    {
        var score = outputs.FirstOrDefault(output => output.Name == policy.Score);
        if (score is null || score.Type is not (FieldType.Number or FieldType.Integer))
        {
            problems.Add(new("policy/score", score is null ? $"{policy.Score} is not an output" : $"{policy.Score} is a {Name(score.Type)}; a score is a number"));
            return;
        }

        foreach (var (i, band) in policy.Bands.Index())
        {
            var path = $"policy/bands/{i}/at_least";
            if (i > 0 && band.AtLeast >= policy.Bands[i - 1].AtLeast)
                problems.Add(new(path, $"must be below the band before it ({Number(band.AtLeast)} is not below {Number(policy.Bands[i - 1].AtLeast)})"));
            if (band.AtLeast < score.Min || band.AtLeast > score.Max)
                problems.Add(new(path, $"{Number(band.AtLeast)} is outside the range of {score.Name}, so the band never or always applies"));
        }
    }

    private static void CheckSegments(IReadOnlyList<string> segments, Dictionary<string, InputField> inputs, List<Problem> problems)
    {
        foreach (var (i, segment) in segments.Index())
        {
            if (!inputs.TryGetValue(segment, out var input)) problems.Add(new($"segments/{i}", $"{segment} is not an input"));
            else if (input.Type is FieldType.Tensor or FieldType.Number)
                problems.Add(new($"segments/{i}", $"{segment} is a {Name(input.Type)}; a segment is a category, text, boolean or integer"));
        }
    }

    private static string Name(FieldType type) => type.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
