namespace ControlPlane.Domain.Contracts;

/// <summary>What changes for clients that send rows.</summary>
internal static class InputComparison
{
    /// <param name="before">With the new names already.</param>
    /// <param name="renamed">Old name to new.</param>
    public static void Compare(Contract before, Contract after, IReadOnlyDictionary<string, string> renamed, ChangeList changes)
    {
        var (old, young) = (before.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal), after.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal));
        foreach (var (name, now) in renamed)
            changes.Breaking($"inputs/{name}", name, now, $"{name} is called {now} now: clients that still send {name} will be refused.");
        foreach (var input in before.Inputs.Where(input => !young.ContainsKey(input.Name)))
            changes.Breaking($"inputs/{input.Name}", input, null, $"Clients that still send {input.Name} will be refused: it is no longer an input.");
        foreach (var input in after.Inputs) Compare(old.GetValueOrDefault(input.Name), input, after, changes);
        var kept = before.Inputs.Select(input => input.Name).Where(young.ContainsKey).ToList();
        if (!kept.SequenceEqual(after.Inputs.Select(input => input.Name).Where(old.ContainsKey)))
            changes.Additive("inputs", kept, after.Inputs.Select(input => input.Name), "The inputs are listed in another order; clients send them by name and notice nothing.");
    }

    private static void Compare(InputField? before, InputField after, Contract contract, ChangeList changes)
    {
        var path = $"inputs/{after.Name}";
        if (before is null)
        {
            if (after.Required) changes.Breaking(path, null, after, $"Clients must send {after.Name}, {Plain.Kind(after.Type)}; rows without it will be refused.");
            else changes.Additive(path, null, after, $"Clients may send {after.Name}, {Plain.Kind(after.Type)}; rows without it are taken as before.");
            return;
        }

        CompareRequired(before, after, path, changes);
        if (CompareType(before, after, path, changes))
        {
            InputRangeComparison.Compare(before, after, path, changes);
            if (after.Type == FieldType.Category) InputValueComparison.Compare(before, after, contract, path, changes);
            if (after.Type == FieldType.Tensor) CompareTensor(before, after, path, changes);
        }

        CompareWords(before, after, path, changes);
    }

    private static void CompareRequired(InputField before, InputField after, string path, ChangeList changes)
    {
        if (!before.Required && after.Required)
            changes.Breaking($"{path}/required", false, true, $"Clients that leave {after.Name} out will be refused; it was optional before.");
        else if (before.Required && !after.Required)
            changes.Additive($"{path}/required", true, false, $"Clients may leave {after.Name} out now.");
    }

    // True when the rest of what the type brings can be compared.
    private static bool CompareType(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.Type == after.Type) return true;
        if (before.Type == FieldType.Integer && after.Type == FieldType.Number)
        {
            changes.Additive($"{path}/type", before.Type, after.Type, $"{after.Name} takes fractions now; the whole numbers that clients send are still taken.");
            return true;
        }

        changes.Breaking($"{path}/type", before.Type, after.Type, $"{after.Name} was {Plain.Kind(before.Type)} and is {Plain.Kind(after.Type)} now: clients that send it as before will be refused.");
        return false;
    }

    private static void CompareTensor(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.Tensor is not { } old || after.Tensor is not { } young) return;
        if (old.Datatype != young.Datatype)
            changes.Breaking($"{path}/datatype", old.Datatype, young.Datatype, $"Clients that send {after.Name} as {old.Datatype} will be refused; it must be {young.Datatype}.");
        if (old.Shape.SequenceEqual(young.Shape)) return;
        var fits = old.Shape.Count == young.Shape.Count && old.Shape.Zip(young.Shape).All(axis => axis.First == axis.Second || axis.Second == -1);
        if (fits) changes.Additive($"{path}/shape", old.Shape, young.Shape, $"{after.Name} takes more shapes: {Shape(young)}; it was {Shape(old)}.");
        else changes.Breaking($"{path}/shape", old.Shape, young.Shape, $"Clients that send {after.Name} in the shape {Shape(old)} will be refused; it must be {Shape(young)}.");
    }

    private static void CompareWords(InputField before, InputField after, string path, ChangeList changes)
    {
        if (before.Unit != after.Unit)
        {
            var sentence = after.Unit is null ? $"The unit of {after.Name} is no longer said; it was {before.Unit}."
                : before.Unit is null ? $"{after.Name} is read in {after.Unit}; no unit was said before, so check what clients send."
                : $"{after.Name} is read in {after.Unit} instead of {before.Unit}: clients that still send {before.Unit} get an answer to another question.";
            changes.Semantic($"{path}/unit", before.Unit, after.Unit, sentence);
        }

        if (before.Description != after.Description)
            changes.Additive($"{path}/description", before.Description, after.Description, $"{after.Name} is described in other words.");
        if (before.Monitored != after.Monitored)
            changes.Additive($"{path}/monitored", before.Monitored, after.Monitored, $"{after.Name} is {(after.Monitored ? "compared" : "no longer compared")} with the baseline; clients notice nothing.");
    }

    private static string Shape(TensorShape tensor) => $"[{string.Join(", ", tensor.Shape)}]";
}
