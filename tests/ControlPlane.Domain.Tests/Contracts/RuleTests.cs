using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class RuleTests
{
    private static readonly InputField Amount = new("amount", FieldType.Number, Min: 0, Max: 100000);
    private static readonly OutputField Score = new("score", "p", 1, FieldType.Number, 0, 1);

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(100000.0, null)]
    [InlineData(200000.0, "must be at most 100000 (is 200000)")]
    [InlineData(-0.5, "must be at least 0 (is -0.5)")]
    [InlineData(double.NaN, "must be a finite number")]
    [InlineData(double.PositiveInfinity, "must be a finite number")]
    public void Number_is_held_to_its_range(double value, string? sentence) => Assert.Equal(sentence, new PayloadRule(Amount).CheckNumber(value));

    [Theory]
    [InlineData(3.0, null)]
    [InlineData(3.5, "must be a whole number (is 3.5)")]
    [InlineData(1e16, "must be a whole number within ±9007199254740991 (is 10000000000000000)")]
    public void Integer_is_whole_and_exact(double value, string? sentence) =>
        Assert.Equal(sentence, new PayloadRule(new("n", FieldType.Integer)).CheckNumber(value));

    [Fact]
    public void Category_rejects_unseen_only_when_told_to()
    {
        var field = new InputField("country", FieldType.Category, Values: ["DE", "FR"]);

        Assert.Null(new PayloadRule(field).CheckText("DE"));
        Assert.Equal("XX is not one of DE, FR", new PayloadRule(field).CheckText("XX"));
        Assert.Null(new PayloadRule(field with { Unseen = UnseenPolicy.Accept }).CheckText("XX"));
    }

    [Fact]
    public void Missing_is_refused_for_required_fields_alone()
    {
        Assert.Equal("is missing", new PayloadRule(Amount).CheckMissing());
        Assert.Null(new PayloadRule(Amount with { Required = false }).CheckMissing());
    }

    [Theory]
    [InlineData(0.95, "block")]
    [InlineData(0.9, "block")]
    [InlineData(0.89999, "review")]
    [InlineData(0.1, "allow")]
    public void Decide_takes_the_first_band_reached(double score, string decision) =>
        Assert.Equal(decision, new DecisionPolicy("score", [new(0.9, "block"), new(0.6, "review")], "allow").Decide(score));

    [Theory]
    [InlineData(0.5, 0.5, null)]
    [InlineData(1.0000001, 1.0, null)]
    [InlineData(-0.0000001, 0.0, null)]
    [InlineData(1.1, 1.1, ResponseFault.OutOfRange)]
    [InlineData(-0.1, -0.1, ResponseFault.OutOfRange)]
    [InlineData(double.NaN, double.NaN, ResponseFault.NotFinite)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity, ResponseFault.NotFinite)]
    public void Response_is_held_to_its_range(double answered, double sent, ResponseFault? fault)
    {
        var value = answered;

        Assert.Equal(fault, ResponseCheck.CheckNumber(Score, ref value));
        Assert.Equal(sent, value);
    }
}
