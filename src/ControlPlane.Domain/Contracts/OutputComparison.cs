using static ControlPlane.Domain.Contracts.ChangeList;

namespace ControlPlane.Domain.Contracts;

/// <summary>What changes for those who read answers.</summary>
internal static class OutputComparison
{
    /// <param name="before">With the new names already.</param>
    /// <param name="renamed">Old name to new.</param>
    public static void Compare(Contract before, Contract after, IReadOnlyDictionary<string, string> renamed, ChangeList changes)
    {
        var (old, young) = (before.Outputs.ToDictionary(output => output.Name, StringComparer.Ordinal), after.Outputs.ToDictionary(output => output.Name, StringComparer.Ordinal));
        // By the old name: that is what its readers know.
        foreach (var (name, now) in renamed)
            changes.Breaking($"outputs/{name}", name, now, $"{name} is called {now} now: consumers that read {name} find nothing.");
        foreach (var output in before.Outputs.Where(output => !young.ContainsKey(output.Name)))
            changes.Breaking($"outputs/{output.Name}", output, null, $"{output.Name} is no longer answered: consumers that read it find nothing.");
        foreach (var output in after.Outputs)
        {
            if (old.TryGetValue(output.Name, out var same)) Compare(same, output, $"outputs/{output.Name}", changes);
            else changes.Additive($"outputs/{output.Name}", null, output, $"{output.Name}, {Plain.Kind(output.Type)}, is answered as well.");
        }

        var kept = before.Outputs.Select(output => output.Name).Where(young.ContainsKey).ToList();
        if (!kept.SequenceEqual(after.Outputs.Select(output => output.Name).Where(old.ContainsKey)))
            changes.Additive("outputs", kept, after.Outputs.Select(output => output.Name), "The outputs are listed in another order; consumers read them by name and notice nothing.");
    }

    private static void Compare(OutputField before, OutputField after, string path, ChangeList changes)
    {
        if (before.Type != after.Type)
            changes.Breaking($"{path}/type", before.Type, after.Type, $"{after.Name} was {Plain.Kind(before.Type)} and is {Plain.Kind(after.Type)} now: consumers that read it as before cannot.");
        CompareRange(before, after, path, changes);
        CompareMeaning(before, after, path, changes);
        CompareOrigin(before, after, path, changes);
        CompareShape(before, after, path, changes);
        OutputDetailComparison.CompareLabels(before, after, path, changes);
        OutputDetailComparison.ComparePostprocessing(before, after, path, changes);
        OutputDetailComparison.CompareExplanation(before, after, path, changes);
    }

    private static void CompareRange(OutputField before, OutputField after, string path, ChangeList changes)
    {
        if (before.Min != after.Min)
        {
            if (before.Min is { } low && !(after.Min >= low))
                changes.Semantic($"{path}/min", before.Min, after.Min, $"{after.Name} may go {(after.Min is { } now ? $"down to {Number(now)}" : "down without limit")}; never below {Number(low)} before, so consumers may meet values they never saw.");
            else changes.Additive($"{path}/min", before.Min, after.Min, $"{after.Name} never goes below {Number(after.Min!.Value)} now.");
        }

        if (before.Max == after.Max) return;
        if (before.Max is { } high && !(after.Max <= high))
            changes.Semantic($"{path}/max", before.Max, after.Max, $"{after.Name} may go {(after.Max is { } most ? $"up to {Number(most)}" : "up without limit")}; never above {Number(high)} before, so consumers may meet values they never saw.");
        else changes.Additive($"{path}/max", before.Max, after.Max, $"{after.Name} never goes above {Number(after.Max!.Value)} now.");
    }

    private static void CompareMeaning(OutputField before, OutputField after, string path, ChangeList changes)
    {
        if (before.Unit != after.Unit)
            changes.Semantic($"{path}/unit", before.Unit, after.Unit, $"{after.Name} is in {after.Unit ?? "no unit that is said"} instead of {before.Unit ?? "no unit that was said"}: the same number means something else.");
        if (before.Meaning != after.Meaning)
            changes.Semantic($"{path}/meaning", before.Meaning, after.Meaning, $"{after.Name} means {Quoted(after.Meaning)} now; it meant {Quoted(before.Meaning)}.");
        if (before.Direction != after.Direction)
            changes.Semantic($"{path}/direction", before.Direction, after.Direction, $"The direction of {after.Name} is {Quoted(after.Direction)} now; it was {Quoted(before.Direction)}. Consumers that compare it with a limit may decide the other way round.");
    }

    private static void CompareOrigin(OutputField before, OutputField after, string path, ChangeList changes)
    {
        if (before.Tensor != after.Tensor)
            changes.Semantic($"{path}/tensor", before.Tensor, after.Tensor, $"{after.Name} is taken from the model's tensor {after.Tensor} instead of {before.Tensor}: another number under the same name.");
        if (before.Index != after.Index)
            changes.Semantic($"{path}/index", before.Index, after.Index, $"{after.Name} is {Column(after)} instead of {Column(before)}: another number under the same name.");
    }

    private static void CompareShape(OutputField before, OutputField after, string path, ChangeList changes)
    {
        if (before.Shape is not { } old || after.Shape is not { } young) return;
        if (old.Datatype != young.Datatype)
            changes.Breaking($"{path}/datatype", old.Datatype, young.Datatype, $"{after.Name} is answered as {young.Datatype}; consumers that read {old.Datatype} cannot.");
        if (old.Shape.SequenceEqual(young.Shape)) return;
        var fits = old.Shape.Count == young.Shape.Count && old.Shape.Zip(young.Shape).All(axis => axis.First == axis.Second || axis.First == -1);
        if (fits) changes.Additive($"{path}/shape", old.Shape, young.Shape, $"{after.Name} always has the shape {Shape(young)}, one of those that it could have before.");
        else changes.Breaking($"{path}/shape", old.Shape, young.Shape, $"{after.Name} has the shape {Shape(young)} instead of {Shape(old)}: consumers that count on the old one cannot read it.");
    }

    private static string Column(OutputField output) => output.Index is { } index ? $"column {index} of {output.Tensor}" : $"the whole of {output.Tensor}";

    private static string Shape(TensorShape tensor) => $"[{string.Join(", ", tensor.Shape)}]";
}
