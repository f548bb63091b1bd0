using ControlPlane.Domain.Registry;
using Xunit;

namespace ControlPlane.Domain.Tests.Registry;

public sealed class BaselineCheckTests
{
    private static readonly FeatureBaseline Amount = new("amount", [0, 1], [], [0, 30, 0], 0);

    [Fact]
    public void Without_any_data_it_does_not_apply() => Judge(null, CheckOutcome.NotApplicable, "No reference data and no golden samples");

    [Fact]
    public void All_bins_pass() => Judge(new(BaselineSource.Reference, 30, [Amount], Amount with { Name = "score" }), CheckOutcome.Passed, "Bins for 1 input and the score from 30 rows of reference data.");

    [Fact]
    public void Missing_score_is_said_and_passes() =>
        Judge(new(BaselineSource.Reference, 30, [Amount], null, [], ["The reference has no column score."]), CheckOutcome.Passed, "Bins for 1 input from 30 rows of reference data. The reference has no column score.");

    [Fact]
    public void Reference_without_a_monitored_column_fails_by_name() =>
        Judge(new(BaselineSource.Reference, 30, [Amount], null, [new("tenure", "is no column of the reference")]), CheckOutcome.Failed, "for 1 of 2 monitored columns: tenure is no column of the reference");

    [Fact]
    public void Many_gaps_are_named_to_ten() =>
        Judge(new(BaselineSource.Reference, 30, [], null, [.. Enumerable.Range(0, 12).Select(i => new BaselineGap($"c{i}", "has no values"))]), CheckOutcome.Failed, "c9 has no values; and 2 more.");

    [Fact]
    public void Few_golden_samples_do_not_apply_and_say_how_many_are_needed() =>
        Judge(new(BaselineSource.Golden, 5, [], null, [new("amount", "has 5 values")]), CheckOutcome.NotApplicable, "5 golden samples are too few for bins: at least 20 are needed, or reference data.");

    [Fact]
    public void Golden_samples_with_a_gap_do_not_apply() =>
        Judge(new(BaselineSource.Golden, 30, [Amount], null, [new("tenure", "has no values")]), CheckOutcome.NotApplicable, "tenure has no values");

    [Fact]
    public void Raw_tensors_alone_do_not_apply() =>
        Judge(new(BaselineSource.Golden, 30, [], null, [], ["The contract has no monitored input; raw tensors have no bins."]), CheckOutcome.NotApplicable, "raw tensors have no bins");

    private static void Judge(Baseline? baseline, CheckOutcome outcome, string says)
    {
        var check = BaselineCheck.Judge(baseline, DateTimeOffset.UnixEpoch);
        Assert.Equal((CheckName.Baseline, outcome), (check.Name, check.Outcome));
        Assert.Contains(says, check.Sentence, StringComparison.Ordinal);
    }
}
