using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class RuleTests
{
    private static readonly OutputField Score = new("score", "p", 1, FieldType.Number, 0, 1);

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
