namespace ControlPlane.Domain.Contracts;

/// <summary>What must hold between the previous form of the answer and the present outputs that it is made of.</summary>
internal static class ResponseRules
{
    private const string Decision = "decision";

    public static void Check(PreviousResponse previous, Contract contract, UnreadParts unread, List<Problem> problems)
    {
        const string path = "response/previous/fields";
        ContractRules.RefuseTwins(previous.Fields.Select(field => field.Name), path, problems);
        var outputs = contract.Outputs.Index().DistinctBy(pair => pair.Item.Name).ToDictionary(pair => pair.Item.Name, StringComparer.Ordinal);
        var decisions = contract.Policy is { } policy ? Decisions(policy) : null;
        foreach (var (i, field) in previous.Fields.Index())
        {
            var (place, output) = outputs.GetValueOrDefault(field.From);
            if (output is null && field.From != Decision) problems.Add(new($"{path}/{i}/from", $"{Plain.Short(field.From)} is not an output"));
            else if (output is null && decisions is null) problems.Add(new($"{path}/{i}/from", "decision is there only with a policy, and there is none"));
            else if (output is null || !unread.Holds($"outputs/{place}")) CheckRendering(field, output, output is null ? decisions : output.Labels, $"{path}/{i}", problems);
        }
    }

    private static HashSet<string> Decisions(DecisionPolicy policy) =>
        [policy.Otherwise, .. policy.Bands.Select(band => band.Decision), .. policy.SegmentOverrides.SelectMany(held => held.Bands.Select(band => band.Decision).Append(held.Otherwise ?? policy.Otherwise))];

    /// <summary><paramref name="texts"/>: all that may come, when that is known.</summary>
    private static void CheckRendering(PreviousField field, OutputField? output, IReadOnlyCollection<string>? texts, string path, List<Problem> problems)
    {
        var isNumber = output?.Type is FieldType.Number or FieldType.Integer;
        var isText = output is null or { Type: FieldType.Category or FieldType.Text };
        var kind = output is null ? "a text" : Plain.Kind(output.Type);
        if (field.Multiply != 1 && !isNumber) problems.Add(new($"{path}/multiply", $"is for numbers; {Plain.Short(field.From)} is {kind}"));
        if (field.Add != 0 && !isNumber) problems.Add(new($"{path}/add", $"is for numbers; {Plain.Short(field.From)} is {kind}"));
        if (field.Values is null) return;
        if (!isText) problems.Add(new($"{path}/values", $"are for texts; {Plain.Short(field.From)} is {kind}"));
        else if (texts is not null)
        {
            var known = texts.ToHashSet(StringComparer.Ordinal);
            foreach (var value in field.Values.Keys.Where(value => !known.Contains(value)))
                problems.Add(new($"{path}/values/{Plain.Short(value)}", $"is no value that {Plain.Short(field.From)} can have"));
        }
    }
}
