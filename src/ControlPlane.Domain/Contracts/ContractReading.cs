using System.Diagnostics.CodeAnalysis;

namespace ControlPlane.Domain.Contracts;

/// <summary>What came of reading a contract: the contract, or everything that is wrong with the document.</summary>
public sealed record ContractReading(Contract? Contract, IReadOnlyList<Problem> Problems)
{
    [MemberNotNullWhen(true, nameof(Contract))]
    public bool IsRead => Contract is not null;
}
