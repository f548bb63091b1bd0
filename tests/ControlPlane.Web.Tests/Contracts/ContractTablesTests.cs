using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Contracts;

public sealed class ContractTablesTests
{
    public static TheoryData<InputField, string> Inputs => new()
    {
        { new("a", FieldType.Number, Min: 0, Max: 100000, Unit: "EUR"), "0 to 100,000 EUR" },
        { new("a", FieldType.Number, Min: 0.00001), "at least 1e-5" },
        { new("a", FieldType.Category, Values: ["DE", "FR"]), "DE, FR" },
        { new("a", FieldType.Category, Values: ["DE"], MaxLength: 2), "DE, up to 2 characters" },
        { new("a", FieldType.Integer, AllowedNumbers: [1, 2, 3], Unit: "beds"), "1, 2, 3 beds" },
        { new("a", FieldType.Text, MaxLength: 1000), "up to 1,000 characters" },
        { new("a", FieldType.Text), "–" },
        { new("a", FieldType.Category, Values: [.. Enumerable.Range(1, 20).Select(i => $"c{i}")]), "c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12 and 8 more" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Allowed_values_are_said_in_words(InputField field, string words) => Assert.Equal(words, ContractTables.Allowed(field));

    [Fact]
    public void Unseen_values_concern_categories_alone()
    {
        Assert.Equal("counts as missing", ContractTables.Unseen(new("a", FieldType.Category, Unseen: UnseenPolicy.Missing)));
        Assert.Null(ContractTables.Unseen(new("a", FieldType.Number)));
    }

    [Fact]
    public void Tensor_shows_its_free_axes() => Assert.Equal("FP32 [any, 4]", ContractTables.Type(FieldType.Tensor, new("FP32", [-1, 4])));

    [Fact]
    public void Promise_has_its_units() => Assert.Equal("p99 within 20 ms, at most 0.1 % failed", ContractTables.Promise(Samples.Contract.Slo));

    [Fact]
    public void Postprocessing_is_a_chain_with_its_table() => Assert.Equal(
        ["softmax over the row", "calibrated by 3 points, 0 → 0.01 to 1 → 0.8"],
        ContractTables.Postprocessing(new("score", "logits", 1, FieldType.Number, Postprocessing: [new SoftmaxStep(), new CalibrateStep([0, 0.5, 1], [0.01, 0.2, 0.8])])));

    [Fact]
    public void Explanation_says_what_it_holds()
    {
        Assert.Equal("the 3 strongest attributions of amount, country", ContractTables.Explanation(new(ExplanationKind.Attributions, ["amount", "country"], Top: 3)));
        Assert.Equal("reason codes of R1, R2", ContractTables.Explanation(new(ExplanationKind.ReasonCodes, Codes: ["R1", "R2"])));
    }

    [Fact]
    public void Previous_field_says_what_it_is_made_of()
    {
        Assert.Equal("risk × 100 − 5", ContractTables.Previous(new("score", "risk", 100, -5)));
        Assert.Equal("decision, “manual” said as “review”", ContractTables.Previous(new("decision", "decision", Values: new Dictionary<string, string> { ["manual"] = "review" })));
    }
}
