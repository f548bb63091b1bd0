using ControlPlane.Web.Contracts;

namespace ControlPlane.Web.Tests.Contracts;

public sealed class ContractTextTests
{
    private const string Text = """
        {
          "inputs": [
            {"name": "amount",
             "type": "number"},
            {"name": "country"}
          ],
          "slo": {"error_rate": 0.1},
          "segments": ["a",
            "b"]
        }
        """;

    [Theory]
    [InlineData("inputs", 2)]
    [InlineData("inputs/0", 3)]
    [InlineData("inputs/0/type", 4)]
    [InlineData("inputs/1/name", 5)]
    [InlineData("slo/error_rate", 7)]
    [InlineData("segments/1", 9)]
    [InlineData("inputs/1/type", 5)]
    [InlineData("policy/bands/0", 1)]
    [InlineData("", 1)]
    public void Path_is_found_at_its_line_or_at_what_is_around_it(string path, int line) => Assert.Equal(line, ContractText.LineOf(ContractText.Lines(Text), path));

    [Fact]
    public void Text_that_stops_being_JSON_points_to_where() => Assert.Equal(3, ContractText.LineOf(ContractText.Lines("{\n\"inputs\": [\n oops ]}"), ""));

    [Fact]
    public void Letters_of_several_bytes_do_not_shift_the_lines() => Assert.Equal(2, ContractText.LineOf(ContractText.Lines("{\"ä\": \"ö𝄞\",\n\"b\": 1}"), "b"));

    [Fact]
    public void Name_of_a_megabyte_is_not_held_for_every_value_below_it()
    {
        var lines = ContractText.Lines($"{{\"{new string('n', 1024 * 1024)}\":\n[{string.Join(',', Enumerable.Repeat("1", 10_000))}]}}");

        Assert.Equal(10_002, lines.Count);
        Assert.InRange(lines.Keys.Max(path => path.Length), 1, 300);
    }

    [Fact]
    public void Name_that_is_no_Unicode_points_to_where() => Assert.Equal(2, ContractText.LineOf(ContractText.Lines("{\"a\": 1,\n\"\\ud800\": 2}"), ""));

    [Fact]
    public void Formatting_keeps_letters_and_numbers_as_they_are()
    {
        Assert.Equal("{\n  \"unit\": \"€\",\n  \"max\": 1.50\n}", ContractText.Formatted("{\"unit\":\"€\",\"max\":1.50}")?.ReplaceLineEndings("\n"));
        Assert.Null(ContractText.Formatted("{"));
    }
}
