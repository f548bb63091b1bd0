using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>Which forms of the answer are served.</summary>
internal static class ResponseComparison
{
    public static void Compare(Contract before, Contract after, ChangeList changes)
    {
        CompareVersion(before, after, changes);
        ComparePrevious(before.Response.Previous, after.Response, changes);
    }

    private static void CompareVersion(Contract before, Contract after, ChangeList changes)
    {
        var (old, young) = (before.Response, after.Response);
        if (old.Version == young.Version) return;
        if (old.Major == young.Major)
        {
            changes.Additive("response/version", old.Version, young.Version, $"The answer's form is {young.Version} instead of {old.Version}; the major is the same, so what consumers read stays.");
            return;
        }

        var lacking = Lacking(before, young.Previous is { } previous && previous.Major == old.Major ? previous : null);
        if (lacking is null)
            changes.Breaking("response/version", old.Version, young.Version, $"The answer has the form {young.Version}; {old.Version} is no longer served, and consumers that ask for {old.Major} will be refused.");
        else
            changes.Breaking("response/version", old.Version, young.Version, Moved(old, young, lacking));
    }

    // Rendered or not: a client that does not ask for a version gets another form from one day to the next.
    private static string Moved(ResponseForm old, ResponseForm young, List<string> lacking) =>
        $"The answer has the form {young.Version} for those who do not say which; those who ask for {old.Major} are still served {(lacking.Count == 0 ? "as before" : $"but without {Names(lacking)}")}. "
        + $"A consumer of {old.Major} acknowledges that it asks for {old.Major}, or that it reads {young.Major}.";

    // What the old answer held and its rendering does not; null when it is not rendered at all.
    private static List<string>? Lacking(Contract before, PreviousResponse? rendered)
    {
        if (rendered is null) return null;
        var known = rendered.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return [.. before.Outputs.Select(output => output.Name).Concat(before.Policy is null ? [] : [ConsumerImpact.Decision]).Where(name => !known.Contains(name))];
    }

    private static void ComparePrevious(PreviousResponse? before, ResponseForm now, ChangeList changes)
    {
        var after = now.Previous;
        if (ChangeJson.Same(before, after)) return;
        if (before is null)
        {
            changes.Additive("response/previous", null, after, $"Consumers may ask for the form {after!.Version} as well.");
        }
        else if (after is null || after.Major != before.Major)
        {
            if (now.Major == before.Major) changes.Semantic("response/previous", before, after, $"The form {before.Version} is no longer made out of another one; {now.Version} is the present form.");
            else changes.Breaking("response/previous", before, after, $"Consumers that ask for the form {before.Version} will be refused: it is no longer served.");
        }
        else
        {
            CompareFields(before, after, changes);
        }
    }

    private static void CompareFields(PreviousResponse before, PreviousResponse after, ChangeList changes)
    {
        if (before.Version != after.Version)
            changes.Additive("response/previous/version", before.Version, after.Version, $"The previous form is called {after.Version} instead of {before.Version}; its major is the same.");
        var (old, young) = (before.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal), after.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal));
        foreach (var field in before.Fields.Where(field => !young.ContainsKey(field.Name)))
            changes.Breaking($"response/previous/{field.Name}", field, null, $"The form {after.Version} no longer holds {field.Name}: consumers that read it there find nothing.");
        foreach (var field in after.Fields)
        {
            if (!old.TryGetValue(field.Name, out var same)) changes.Additive($"response/previous/{field.Name}", null, field, $"The form {after.Version} holds {field.Name} as well.");
            else if (!ChangeJson.Same(Sorted(same), Sorted(field)))
                changes.Semantic($"response/previous/{field.Name}", same, field, $"{field.Name} of the form {after.Version} is made otherwise: {Told(field)} instead of {Told(same)}.");
        }

        var (kept, order) = (before.Fields.Select(field => field.Name).Where(young.ContainsKey).ToList(), after.Fields.Select(field => field.Name).Where(old.ContainsKey).ToList());
        if (!kept.SequenceEqual(order)) changes.Additive("response/previous", kept, order, "The fields of the previous form are listed in another order; consumers read them by name and notice nothing.");
    }

    private static PreviousField Sorted(PreviousField field) => field.Values is { } values
        ? field with { Values = new SortedDictionary<string, string>(values.ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal) }
        : field;

    private static string Told(PreviousField field)
    {
        var number = (field.Multiply == 1 ? "" : $" times {Number(field.Multiply)}") + (field.Add == 0 ? "" : $" plus {Number(field.Add)}");
        var words = field.Values is null ? "" : $" with {Names([.. field.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} as {pair.Value}")])}";
        return field.From + number + words;
    }
}
