using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class PayloadRuleTests
{
    private static readonly InputField Amount = new("amount", FieldType.Number, Min: 0, Max: 100000);

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(100000.0, null)]
    [InlineData(200000.0, "must be at most 100000 (is 200000)")]
    [InlineData(-0.5, "must be at least 0 (is -0.5)")]
    [InlineData(double.NaN, "must be a finite number")]
    [InlineData(double.PositiveInfinity, "must be a finite number")]
    public void Number_is_held_to_its_range(double value, string? sentence) => Assert.Equal(sentence, Say(Amount, value));

    [Theory]
    [InlineData(3.0, null)]
    [InlineData(3.5, "must be a whole number (is 3.5)")]
    [InlineData(1e16, "must be a whole number within ±9007199254740991 (is 10000000000000000)")]
    public void Integer_is_whole_and_exact(double value, string? sentence) => Assert.Equal(sentence, Say(new("n", FieldType.Integer), value));

    [Theory]
    [InlineData(0.1, null)]
    [InlineData(0.1f, null)]
    [InlineData(12.0, null)]
    [InlineData(3.0, "3 is not one of 0.1, 1, 2, 12")]
    public void Number_is_one_of_its_values(double value, string? sentence) =>
        Assert.Equal(sentence, Say(new("n", FieldType.Number, AllowedNumbers: [0.1, 1, 2, 12]), value));

    [Fact]
    public void Category_rejects_unseen_only_when_told_to()
    {
        var field = new InputField("country", FieldType.Category, Values: ["DE", "FR"]);

        Assert.Null(Say(field, "DE"));
        Assert.Equal("XX is not one of DE, FR", Say(field, "XX"));
        Assert.Null(Say(field with { Unseen = UnseenPolicy.Accept }, "XX"));
        Assert.Null(Say(field with { Unseen = UnseenPolicy.Missing }, "XX"));
    }

    [Fact]
    public void Text_is_held_to_its_length_in_characters()
    {
        var field = new InputField("note", FieldType.Text, MaxLength: 3);

        Assert.Null(Say(field, "abc"));
        Assert.Null(Say(field, "😀😀😀"));
        Assert.Equal("must be at most 3 characters long (has 4)", Say(field, "abcd"));
    }

    [Fact]
    public void A_megabyte_of_text_is_never_told_back()
    {
        var sent = new string('x', 1_000_000);
        var problem = new PayloadRule(new("c", FieldType.Category, Values: ["a"])).DescribeText("c", BrokenRule.Values, sent);

        Assert.InRange(problem.ToString().Length, 1, 200);
        Assert.InRange(problem.Value!.Length, 1, 100);
        Assert.Equal("must be at most 5 characters long (has 1000000)", Say(new("t", FieldType.Text, MaxLength: 5), sent));
    }

    [Fact]
    public void Missing_is_refused_for_required_fields_alone()
    {
        Assert.Equal(BrokenRule.Missing, new PayloadRule(Amount).CheckMissing());
        Assert.Null(new PayloadRule(Amount with { Required = false }).CheckMissing());
    }

    [Fact]
    public void Problems_beyond_the_hundredth_are_counted()
    {
        var problems = new PayloadProblems();
        for (var i = 0; i < 250; i++)
        {
            if (problems.Admit()) problems.Keep(new($"{i}", BrokenRule.Missing, null, "is missing"));
        }

        Assert.Equal((100, 250, 150), (problems.Kept.Count, problems.Count, problems.More));
    }

    private static string? Say(InputField field, double value)
    {
        var rule = new PayloadRule(field);
        return rule.CheckNumber(value) is { } broken ? rule.DescribeNumber("x", broken, value).Sentence : null;
    }

    private static string? Say(InputField field, string value)
    {
        var rule = new PayloadRule(field);
        return rule.CheckText(value) is { } broken ? rule.DescribeText("x", broken, value).Sentence : null;
    }
}
