using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class DecisionPlanTests
{
    private static readonly DecisionPolicy Policy = new(
        "score",
        [new(0.9, "block"), new(0.6, "review")],
        "allow",
        [
            new([new("country", "US"), new("vip", "true")], [], "allow_vip"),
            new([new("country", "US")], [new(0.95, "block")]),
            new([new("tenure", "7")], [new(0, "newcomer")], "impossible"),
            new([new("limit", "2.5")], [new(0.1, "limited")]),
        ]);

    private static readonly Contract Contract = new(
        [
            new("country", FieldType.Category, Values: ["DE", "US"]),
            new("vip", FieldType.Boolean, Required: false),
            new("tenure", FieldType.Integer, Required: false),
            new("limit", FieldType.Number, Required: false),
        ],
        [], new(), [new("score", "p", 1, FieldType.Number, 0, 1)], Policy, new(), null, [], null);

    [Theory]
    [InlineData(0.9, "DE", double.NaN, double.NaN, double.NaN, "block")]
    [InlineData(0.89999, "DE", 0.0, double.NaN, double.NaN, "review")]
    [InlineData(0.6, "DE", 1.0, double.NaN, double.NaN, "review")]
    [InlineData(0.59999, "DE", 0.0, double.NaN, double.NaN, "allow")]
    // The override's bands take the place of all of the policy's: 0.92 is no review there, and its otherwise is the policy's.
    [InlineData(0.92, "US", 0.0, double.NaN, double.NaN, "allow")]
    [InlineData(0.95, "US", 0.0, double.NaN, double.NaN, "block")]
    // What is missing equals nothing.
    [InlineData(0.95, "US", double.NaN, double.NaN, double.NaN, "block")]
    // The first override whose every condition holds wins; one without bands has its otherwise alone.
    [InlineData(0.99, "US", 1.0, double.NaN, double.NaN, "allow_vip")]
    [InlineData(0.2, "", double.NaN, 7.0, 2.5, "newcomer")]
    [InlineData(0.2, "DE", 0.0, 8.0, 2.5, "limited")]
    [InlineData(0.05, "DE", 0.0, 8.0, 2.5, "allow")]
    public void Decide_takes_the_first_override_that_holds(double score, string country, double vip, double tenure, double limit, string decision)
    {
        var decisions = new string[1];

        DecisionPlan.Of(Contract)!.Decide([score], [[], [vip], [tenure], [limit]], [[country], [], [], []], decisions);

        Assert.Equal([decision], decisions);
    }

    [Fact]
    public void Decide_judges_each_row_by_its_own_segment()
    {
        var decisions = new string[3];

        DecisionPlan.Of(Contract)!.Decide([0.92, 0.92, 0.92], [[], [0, 0, 1], [1, 1, 1], [1, 1, 1]], [["DE", "US", "US"], [], [], []], decisions);

        Assert.Equal(["block", "allow", "allow_vip"], decisions);
    }

    [Fact]
    public void Of_a_contract_without_policy_is_null() => Assert.Null(DecisionPlan.Of(Contract with { Policy = null }));
}
