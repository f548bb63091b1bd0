namespace ControlPlane.Domain.Contracts;

/// <summary>What must hold between the parts of a contract. A rule is asked only over parts that could be read.</summary>
internal static class ContractRules
{
    public static void Check(Contract contract, List<Problem> problems)
    {
        var unread = new UnreadParts(problems);
        var found = new List<Problem>();
        RefuseTwins(contract.Inputs.Select(input => input.Name), "inputs", found);
        RefuseTwins(contract.Outputs.Select(output => output.Name), "outputs", found);
        if (unread.AreNamed("inputs") && unread.AreNamed("preprocessing")) CheckSteps(contract, unread, found);
        if (unread.AreNamed("inputs") && !unread.Holds("segments")) CheckSegments(contract, unread, found);
        if (unread.AreNamed("outputs") && !unread.Holds("policy"))
        {
            if (contract.Policy is { } policy) PolicyRules.Check(policy, contract.Outputs, unread, found);
            if (!unread.Holds("response") && contract.Response.Previous is { } previous) ResponseRules.Check(previous, contract, unread, found);
        }

        problems.AddRange(found.Take(Math.Max(0, ContractLimits.Problems - problems.Count)));
    }

    /// <summary>Problems for the names that were there before; empty ones are told already.</summary>
    public static void RefuseTwins(IEnumerable<string> names, string path, List<Problem> problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, name) in names.Index())
        {
            if (name.Length > 0 && !seen.Add(name)) problems.Add(new($"{path}/{i}/name", $"{Plain.Short(name)} is given twice"));
        }
    }

    private static void CheckSteps(Contract contract, UnreadParts unread, List<Problem> problems)
    {
        if (contract.Preprocessing.Count > 1)
        {
            foreach (var (i, step) in contract.Preprocessing.Index())
            {
                if (step is OnnxStep) problems.Add(new($"preprocessing/{i}/op", "onnx runs instead of all other steps, so it must be the only one"));
            }
        }

        problems.AddRange(ColumnTrace.Of(contract, unread).Problems);
        CheckTensorNames(contract, problems);
    }

    private static void CheckTensorNames(Contract contract, List<Problem> problems)
    {
        var consumed = contract.Preprocessing.OfType<AssembleStep>().SelectMany(step => step.Columns).ToHashSet(StringComparer.Ordinal);
        var taken = contract.Inputs.Select(input => input.Name).Where(name => !consumed.Contains(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var (i, step) in contract.Preprocessing.Index())
        {
            if (step is AssembleStep assemble && !taken.Add(assemble.Tensor))
                problems.Add(new($"preprocessing/{i}/tensor", $"{Plain.Short(assemble.Tensor)} is already the name of a tensor"));
        }
    }

    private static void CheckSegments(Contract contract, UnreadParts unread, List<Problem> problems)
    {
        var inputs = contract.Inputs.Index().DistinctBy(pair => pair.Item.Name).ToDictionary(pair => pair.Item.Name, StringComparer.Ordinal);
        foreach (var (i, segment) in contract.Segments.Index())
        {
            if (!inputs.TryGetValue(segment, out var input)) problems.Add(new($"segments/{i}", $"{Plain.Short(segment)} is not an input"));
            else if (!unread.Holds($"inputs/{input.Index}") && input.Item.Type is FieldType.Tensor or FieldType.Number)
                problems.Add(new($"segments/{i}", $"{Plain.Short(segment)} is {Plain.Kind(input.Item.Type)}; a segment is a category, text, boolean or integer"));
        }
    }
}
