namespace ControlPlane.Domain.Contracts;

/// <summary>
/// Finds inputs and outputs that are the same in everything but their name. Where several look alike, one at the same place of the list is taken; what stays open is
/// told as one removed and one added.
/// </summary>
internal static class FieldRenames
{
    public static IReadOnlyDictionary<string, string> OfInputs(Contract before, Contract after) =>
        Find(before.Inputs, after.Inputs, input => input.Name, input => input with { Name = "" });

    public static IReadOnlyDictionary<string, string> OfOutputs(Contract before, Contract after) =>
        Find(before.Outputs, after.Outputs, output => output.Name, output => output with { Name = "" });

    /// <summary>The contract as it would read with the new names everywhere but in the answer's previous form, so that a renaming is told once and not at every mention.</summary>
    public static Contract Apply(Contract contract, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> outputs)
    {
        if (inputs.Count == 0 && outputs.Count == 0) return contract;
        string Input(string name) => inputs.GetValueOrDefault(name, name);
        string Output(string name) => outputs.GetValueOrDefault(name, name);
        return contract with
        {
            Inputs = [.. contract.Inputs.Select(input => input with { Name = Input(input.Name) })],
            Outputs = [.. contract.Outputs.Select(output => output with { Name = Output(output.Name) })],
            Preprocessing = [.. contract.Preprocessing.Select(step => Apply(step, Input))],
            Segments = [.. contract.Segments.Select(Input)],
            Policy = contract.Policy is { } policy ? Apply(policy, Input, Output) : null,
            Response = contract.Response.Previous is { } previous
                ? contract.Response with { Previous = previous with { Fields = [.. previous.Fields.Select(field => field with { From = Output(field.From) })] } }
                : contract.Response,
        };
    }

    private static PreprocessingStep Apply(PreprocessingStep step, Func<string, string> input) => step switch
    {
        ColumnStep column => column with { Feature = input(column.Feature) },
        AssembleStep assemble => assemble with { Columns = [.. assemble.Columns.Select(input)] },
        _ => step,
    };

    private static DecisionPolicy Apply(DecisionPolicy policy, Func<string, string> input, Func<string, string> output) => policy with
    {
        Score = output(policy.Score),
        Overrides = policy.Overrides is null ? null :
        [
            .. policy.Overrides.Select(held => held with { Segment = [.. held.Segment.Select(condition => condition with { Feature = input(condition.Feature) })] }),
        ],
    };

    private static Dictionary<string, string> Find<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> name, Func<T, T> nameless) where T : class
    {
        var (old, young) = (before.Select(name).ToHashSet(StringComparer.Ordinal), after.Select(name).ToHashSet(StringComparer.Ordinal));
        var gone = before.Index().Where(field => !young.Contains(name(field.Item))).ToLookup(field => ChangeJson.Of(nameless(field.Item)));
        var come = after.Index().Where(field => !old.Contains(name(field.Item))).ToLookup(field => ChangeJson.Of(nameless(field.Item)));
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var alike in gone)
        {
            var candidates = come[alike.Key].ToList();
            var single = candidates.Count == 1 && alike.Count() == 1;
            foreach (var (index, field) in alike)
            {
                var found = candidates.Where(candidate => single || candidate.Index == index).Select(candidate => name(candidate.Item)).FirstOrDefault();
                if (found is not null) renamed.Add(name(field), found);
            }
        }

        return renamed;
    }
}
