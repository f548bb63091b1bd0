using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Registry;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Registry;

public sealed class TryFormTests
{
    public static TheoryData<InputField, string> Inputs => new()
    {
        { new("a", FieldType.Number, Min: 1, Max: 10000), "100" },
        { new("a", FieldType.Number, Min: -8, Max: 8), "-6" },
        { new("a", FieldType.Number), "0" },
        { new("a", FieldType.Integer, Min: 1, Max: 3), "2" },
        { new("a", FieldType.Integer, AllowedNumbers: [4, 8]), "4" },
        { new("a", FieldType.Category, Values: ["DE", "FR"]), "DE" },
        { new("a", FieldType.Boolean), "false" },
        { new("a", FieldType.Text), "text" },
        { new("a", FieldType.Text, Required: false), "" },
        { new("a", FieldType.Tensor, Tensor: new("FP32", [-1, 2, 2])), "[[0, 0], [0, 0]]" },
        { new("a", FieldType.Tensor, Tensor: new("FP32", [-1, 3, 1024, 1024])), "" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Example_is_a_value_that_the_contract_lets_pass(InputField input, string text) => Assert.Equal(text, TryForm.Example(input));

    [Fact]
    public void Form_is_filled_with_the_row_and_gives_it_back()
    {
        var form = TryForm.Of(Samples.Contract, """{"amount": 12.5, "country": "FR"}""");
        Assert.Equal(["12.5", "FR"], form.Fields.Select(field => field.Text));
        Assert.Equal("""{"amount":12.5,"country":"FR"}""", form.ToJson().GetRawText());
    }

    [Fact]
    public void What_is_left_empty_is_left_out_and_what_is_no_number_is_sent_as_text()
    {
        var form = TryForm.Of(Samples.Contract, null);
        form.Fields[0].Text = "12,5";
        form.Fields[1].Text = " ";
        Assert.Equal("""{"amount":"12,5"}""", form.ToJson().GetRawText());
    }

    [Fact]
    public void Row_that_was_cut_in_its_report_is_made_up_instead() => Assert.Equal("DE", TryForm.Of(Samples.Contract, """{"amount": 12""").Fields[1].Text);
}
