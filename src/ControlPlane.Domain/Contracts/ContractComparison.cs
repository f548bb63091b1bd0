namespace ControlPlane.Domain.Contracts;

/// <summary>What changes for those who use <c>before</c> when <c>after</c> takes its place, told by name and in sentences.</summary>
public static class ContractComparison
{
    /// <summary>Every difference. Empty exactly when both have the same canonical form.</summary>
    public static IReadOnlyList<ContractChange> Compare(Contract before, Contract after)
    {
        var (old, young) = (ContractCanonicalForm.Write(before), ContractCanonicalForm.Write(after));
        return old == young ? [] : [new(ChangeKind.Semantic, "contract", old, young, "The contract changed.")];
    }
}
