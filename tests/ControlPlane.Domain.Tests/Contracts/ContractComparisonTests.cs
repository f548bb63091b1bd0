using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class ContractComparisonTests
{
    private static readonly IReadOnlyList<ContractPair> Pairs = [.. InputPairs.All, .. AnswerPairs.All, .. SettingPairs.All];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Pairs.Count)];

    [Fact]
    public void Table_is_large_enough() => Assert.True(Pairs.Count >= 130, $"{Pairs.Count}");

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Pair_is_told_with_kind_path_and_words(int number)
    {
        var pair = Pairs[number];
        var changes = ContractComparison.Compare(pair.Old, pair.Young);
        var told = changes.Where(change => change.Path == pair.Path && change.Kind == pair.Kind).ToList();
        Assert.True(told.Count == 1, $"{pair}\n{string.Join("\n", changes)}");
        Assert.Contains(pair.Words, told[0].Sentence);
        Assert.EndsWith(".", told[0].Sentence);
        Assert.NotEqual(told[0].BeforeJson, told[0].AfterJson);
        // Nothing breaks beside what the row says breaks.
        Assert.True(changes.All(change => change.Kind != ChangeKind.Breaking || change.Path == pair.Path), $"{pair}\n{string.Join("\n", changes)}");
        // No pair falls through to the rule for what has none.
        Assert.DoesNotContain(changes, change => change.Path == "contract");
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Same_contract_has_no_changes(int number)
    {
        Assert.Empty(ContractComparison.Compare(Pairs[number].Old, Pairs[number].Old));
        var again = ContractReader.Read(ContractCanonicalForm.Write(Pairs[number].Young)).Contract!;
        Assert.Empty(ContractComparison.Compare(Pairs[number].Young, again));
    }

    [Fact]
    public void Changes_are_empty_exactly_when_the_canonical_forms_are_equal()
    {
        var contracts = Pairs.SelectMany(pair => new[] { pair.Old, pair.Young }).ToList();
        var forms = contracts.ConvertAll(ContractCanonicalForm.Write);
        foreach (var (i, before) in contracts.Index())
        {
            foreach (var (j, after) in contracts.Index())
                Assert.True((forms[i] == forms[j]) == (ContractComparison.Compare(before, after).Count == 0), $"{forms[i]}\n{forms[j]}");
        }
    }

    [Fact]
    public void Difference_without_a_rule_is_told_as_a_whole()
    {
        var pair = Pairs.First(pair => pair.Path == "runtime/threads");
        // No reader lets this pass; a later one might.
        var odd = pair.Old with { Outputs = [.. pair.Old.Outputs.Select(output => output with { Explanation = new(ExplanationKind.Attributions, ["x"]) })] };
        var change = Assert.Single(ContractComparison.Compare(pair.Old, odd));
        Assert.Equal((ChangeKind.Semantic, "contract"), (change.Kind, change.Path));
    }

    [Fact]
    public void Renamed_input_is_told_once_however_often_it_is_mentioned()
    {
        var before = ContractReader.Read(ContractTexts.Full).Contract!;
        var after = ContractReader.Read(ContractTexts.Full.Replace("tenure_days", "customer_days", StringComparison.Ordinal)).Contract!;
        var change = Assert.Single(ContractComparison.Compare(before, after));
        Assert.Equal((ChangeKind.Breaking, "inputs/tenure_days", "\"tenure_days\"", "\"customer_days\""), (change.Kind, change.Path, change.BeforeJson, change.AfterJson));
    }

    [Fact]
    public void Renamed_output_is_told_once_though_the_policy_reads_it()
    {
        var before = ContractReader.Read(ContractTexts.Full).Contract!;
        var after = ContractReader.Read(ContractTexts.Full.Replace("\"score\",", "\"risk\",", StringComparison.Ordinal)).Contract!;
        Assert.Equal("risk", after.Policy!.Score);
        Assert.Equal("outputs/score", Assert.Single(ContractComparison.Compare(before, after)).Path);
    }
}
