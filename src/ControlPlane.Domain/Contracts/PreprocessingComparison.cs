using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>What the model is fed: any difference feeds it other numbers from the same request.</summary>
internal static class PreprocessingComparison
{
    public static void Compare(Contract before, Contract after, ChangeList changes)
    {
        var (old, young) = (Keyed(before), Keyed(after));
        var (was, now) = (old.ToDictionary(step => step.Key, step => step.Step, StringComparer.Ordinal), young.ToDictionary(step => step.Key, step => step.Step, StringComparer.Ordinal));
        foreach (var (key, step) in old.Where(step => !now.ContainsKey(step.Key)))
            changes.Semantic($"preprocessing/{key}", step, null, $"{Told(step)} is left out: the model is fed what comes without it.");
        foreach (var (key, step) in young)
        {
            if (was.TryGetValue(key, out var same)) CompareStep(same, step, $"preprocessing/{key}", changes);
            else changes.Semantic($"preprocessing/{key}", null, step, $"{Told(step)} is new: the model is fed other numbers from the same request.");
        }

        var kept = old.Select(step => step.Key).Where(now.ContainsKey).ToList();
        var order = young.Select(step => step.Key).Where(was.ContainsKey).ToList();
        if (!kept.SequenceEqual(order)) changes.Semantic("preprocessing", kept, order, "The preprocessing steps run in another order.");
    }

    private static void CompareStep(PreprocessingStep before, PreprocessingStep after, string path, ChangeList changes)
    {
        var (old, young) = (ChangeJson.Fields(before), ChangeJson.Fields(after));
        foreach (var name in old.Keys.Union(young.Keys).Order(StringComparer.Ordinal))
        {
            var (was, now) = (old.GetValueOrDefault(name), young.GetValueOrDefault(name));
            if (was != now) changes.AddJson(ChangeKind.Semantic, $"{path}/{name}", was, now, Sentence(before, after, name, was, now));
        }
    }

    private static string Sentence(PreprocessingStep before, PreprocessingStep after, string name, string? was, string? now) => (before, after, name) switch
    {
        (AssembleStep old, AssembleStep young, "columns") => Columns(old, young),
        (OnnxStep, OnnxStep, _) => "Another preprocessing graph runs before the model: it is fed other numbers from the same request.",
        _ => $"{Told(after)} has the {name.Replace('_', ' ')} {Brief(now)} instead of {Brief(was)}: the model is fed other numbers from the same request.",
    };

    private static string Columns(AssembleStep before, AssembleStep after)
    {
        var (gone, come) = (before.Columns.Except(after.Columns).ToList(), after.Columns.Except(before.Columns).ToList());
        return gone.Count + come.Count == 0
            ? $"The columns of the tensor {after.Tensor} are in another order: what was read as one feature is read as another, unless the model was trained so."
            : $"The tensor {after.Tensor} is built of other columns:{(come.Count > 0 ? $" with {Names(come)}" : "")}{(gone.Count > 0 ? $" without {Names(gone)}" : "")}.";
    }

    private static string Told(PreprocessingStep step) => step switch
    {
        ColumnStep column => $"The step {column.Op} of {column.Target}",
        AssembleStep assemble => $"The step that assembles the tensor {assemble.Tensor}",
        OnnxStep => "The preprocessing graph",
        _ => $"The step {step.Op}",
    };

    // A long list is not repeated in the sentence; before and after hold it whole.
    private static string Brief(string? json) => json is null ? "not set" : json.Length <= 60 ? json : $"{json.AsSpan(0, 57)}…";

    // Steps are known by the column that they make and the operation; the second alike is called #2.
    private static List<(string Key, PreprocessingStep Step)> Keyed(Contract contract)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. contract.Preprocessing.Select(step => (Numbered(Name(step), seen), step))];
    }

    private static string Numbered(string name, Dictionary<string, int> seen)
    {
        var count = seen[name] = seen.GetValueOrDefault(name) + 1;
        return count == 1 ? name : $"{name}#{count}";
    }

    private static string Name(PreprocessingStep step) => step switch
    {
        ColumnStep column => $"{column.Target}/{column.Op}",
        AssembleStep assemble => $"{assemble.Tensor}/{assemble.Op}",
        _ => step.Op,
    };
}
