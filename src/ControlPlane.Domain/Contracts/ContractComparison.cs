namespace ControlPlane.Domain.Contracts;

/// <summary>What changes for those who use <c>before</c> when <c>after</c> takes its place, told by name and in sentences.</summary>
public static class ContractComparison
{
    /// <summary>Every difference, in the order of a contract's parts. Empty exactly when both have the same canonical form.</summary>
    public static IReadOnlyList<ContractChange> Compare(Contract before, Contract after)
    {
        var (old, young) = (ContractCanonicalForm.Write(before), ContractCanonicalForm.Write(after));
        if (old == young) return [];
        var (inputs, outputs) = (FieldRenames.OfInputs(before, after), FieldRenames.OfOutputs(before, after));
        var renamed = FieldRenames.Apply(before, inputs, outputs);
        var changes = new ChangeList();
        InputComparison.Compare(renamed, after, inputs, changes);
        PreprocessingComparison.Compare(renamed, after, changes);
        OutputComparison.Compare(renamed, after, outputs, changes);
        PolicyComparison.Compare(renamed.Policy, after.Policy, changes);
        // The answer's own names are those that consumers know, so the response is compared under them.
        ResponseComparison.Compare(before with { Response = renamed.Response }, after, changes);
        SettingsComparison.Compare(renamed, after, changes);
        // Fail closed: a difference that no rule knows is told as a whole rather than passed over.
        if (changes.All.Count == 0) changes.AddJson(ChangeKind.Semantic, "contract", old, young, "The contracts differ in a way that has no rule of its own; compare before and after.");
        return changes.All;
    }
}
