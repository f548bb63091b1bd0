using Bunit;
using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Contracts;

public sealed class ChangeValueTests : PageTest
{
    private const string Bands = """[{"at_least":0.28,"decision":"block"},{"at_least":0.14,"decision":"review"}]""";
    private const string MovedBands = """[{"at_least":0.30,"decision":"block"},{"at_least":0.14,"decision":"review"}]""";

    [Theory]
    [InlineData(Bands, MovedBands, "*block ≥ 0.28*, review ≥ 0.14")]
    [InlineData(MovedBands, Bands, "*block ≥ 0.30*, review ≥ 0.14")]
    [InlineData("""["DE","FR"]""", """["DE","US"]""", "DE, *FR*")]
    [InlineData("""["DE","US"]""", "null", "DE, US")]
    [InlineData("[]", """["DE"]""", "none")]
    [InlineData("0.55", "0.6", "0.55")]
    [InlineData("\"review\"", "\"block\"", "review")]
    [InlineData(null, "1", "–")]
    [InlineData("no json", null, "no json")]
    [InlineData("""{"name":"score","type":"number"}""", """{"name":"risk","type":"number"}""", "*name: score*, type: number")]
    public void Value_is_readable_and_marks_what_the_other_side_has_not(string? json, string? other, string text) =>
        Assert.Equal(text, string.Join(", ", ChangeValue.Of(json, other).Parts.Select(part => part.IsMarked ? $"*{part.Text}*" : part.Text)));

    [Fact]
    public void Long_list_keeps_its_differences_in_sight()
    {
        var before = $"[{string.Join(",", Enumerable.Range(0, 100))}]";
        var after = $"[{string.Join(",", Enumerable.Range(1, 99))},700]";
        var value = ChangeValue.Of(after, before);
        Assert.Equal(new ValuePart("700", true), value.Parts[0]);
        Assert.Equal("and 60 more", value.Parts[^1].Text);
    }

    [Fact]
    public void Settings_take_a_line_each_and_bands_do_not()
    {
        Assert.True(ChangeValue.Of("""[{"op":"clip","feature":"amount"}]""", null).IsLaidOut);
        Assert.False(ChangeValue.Of(Bands, null).IsLaidOut);
    }

    [Fact]
    public void Table_marks_both_sides_and_stays_grey_where_nothing_is_blocked()
    {
        var table = Render<ChangeTable>(table => table.Add(t => t.Changes, [new ChangeView(ChangeKind.Breaking, "policy/bands", Bands, MovedBands, "It moved.", [])]).Add(t => t.IsGrey, true));
        Assert.Equal(("block ≥ 0.28", "block ≥ 0.30"), (table.Find("mark.gone").TextContent, table.Find("mark.new").TextContent));
        Assert.Equal("block ≥ 0.28, review ≥ 0.14", table.Find(".value-parts").TextContent);
        Assert.Contains("no-data", table.Find(".chip").ClassName);
    }
}
