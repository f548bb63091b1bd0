using ControlPlane.Demo.Rows;

namespace ControlPlane.Demo.Tests.Rows;

public sealed class TrueRiskTests
{
    private static readonly Population Small = new(
        "small", "", 0.5, Intercept: -1, new("late", 7), new Dictionary<string, double> { ["stop"] = 1, ["warn"] = 0.25 },
        [new("size", Distribution.Normal, FeatureOwner.Row, Impute: 4), new("kind", Distribution.Category, FeatureOwner.Row, Values: ["a", "b"], Shares: [0.5, 0.5])],
        [
            new(0.5, [new("size", null, null, null, Center: 2, Scale: 4, Log: false)]),
            new(2, [new("size", Above: 3, null, null, 0, 0, false), new("kind", null, null, EqualTo: "b", 0, 0, false)]),
            new(1, [new("size", null, Below: 1, null, 0, 0, false)]),
        ]);

    [Theory]
    [InlineData(2.0, "a", -1)]
    [InlineData(6.0, "a", -0.5)]
    [InlineData(6.0, "b", 1.5)]
    [InlineData(0.0, "b", -0.25)]
    [InlineData(null, "b", 1.25)]
    public void Probability_is_the_logistic_of_intercept_and_terms(double? size, string kind, double odds)
    {
        var values = new Dictionary<string, object> { ["kind"] = kind };
        if (size is not null)
            values["size"] = size;

        Assert.Equal(1 / (1 + Math.Exp(-odds)), TrueRisk.Probability(Small, new Row(values)), 12);
    }

    [Theory]
    [InlineData("stop", 0)]
    [InlineData("warn", 0.75)]
    [InlineData("pass", 1)]
    [InlineData(null, 1)]
    public void ProbabilityAfter_a_decision_is_what_it_did_not_prevent(string? decision, double remains)
    {
        var row = new Row(new Dictionary<string, object> { ["kind"] = "a", ["size"] = 2.0 });

        Assert.Equal(remains * TrueRisk.Probability(Small, row), TrueRisk.ProbabilityAfter(Small, row, decision), 12);
    }
}
