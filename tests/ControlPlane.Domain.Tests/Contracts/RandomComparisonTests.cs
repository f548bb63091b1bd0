using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Over contracts of every shape: nothing is overlooked, nothing is invented, and what an acknowledgement is bound to is stable.</summary>
public sealed class RandomComparisonTests
{
    private const int Contracts = 300;

    [Fact]
    public void Changes_are_empty_exactly_when_the_canonical_forms_are_equal()
    {
        var made = Enumerable.Range(0, Contracts).Select(seed => new RandomContract(seed).Make()).ToList();
        foreach (var (before, after) in made.Zip(made.Skip(1).Append(made[0])))
        {
            Assert.Empty(ContractComparison.Compare(before, before));
            var equal = ContractCanonicalForm.Write(before) == ContractCanonicalForm.Write(after);
            var changes = ContractComparison.Compare(before, after);
            Assert.Equal(equal, changes.Count == 0);
            Assert.All(changes, change => Assert.NotEqual(change.BeforeJson, change.AfterJson));
        }
    }

    [Fact]
    public void Contract_read_again_has_no_changes_and_changes_are_told_the_same_again()
    {
        for (var seed = 0; seed < Contracts; seed++)
        {
            var (before, after) = (new RandomContract(seed).Make(), new RandomContract(seed + 1).Make());
            Assert.Empty(ContractComparison.Compare(before, ContractReader.Read(ContractCanonicalForm.Write(before)).Contract!));
            Assert.Equal(ContractComparison.Compare(before, after), ContractComparison.Compare(before, after));
        }
    }
}
