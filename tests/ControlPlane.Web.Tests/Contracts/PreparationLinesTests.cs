using ControlPlane.Domain.Contracts;
using ControlPlane.Web.Contracts;
using ControlPlane.Web.Tests.Pages;

namespace ControlPlane.Web.Tests.Contracts;

public sealed class PreparationLinesTests
{
    private static readonly InputField Amount = new("amount", FieldType.Number);
    private static readonly InputField Country = new("country", FieldType.Category, Values: ["DE", "FR", "US"]);

    [Fact]
    public void Column_reads_from_the_request_to_the_tensor_it_ends_in() => Assert.Equal(
        ["amount: ln(1 + x) → (x − 3.2) / 1.1 → [features, column 0]", "country: a 0/1 column for each of its values → [features, columns 1–3]"],
        Written([new Log1pStep("amount"), new StandardizeStep("amount", 3.2, 1.1), new OneHotStep("country"), new AssembleStep("features", "FP32", ["amount", "country"])]));

    [Fact]
    public void Column_made_beside_another_starts_with_what_happened_before() => Assert.Equal(
        ["amount: 0 when missing → [amount, if the model has such a tensor]", "country: [country]",
            "amount_missing (amount): 1 when missing, else 0 → [amount_missing]", "log_amount (amount): 0 when missing → ln(1 + x) → [features, column 0]"],
        Written([new ImputeStep("amount", 0, null, Indicator: "amount_missing"), new Log1pStep("amount", "log_amount"), new AssembleStep("features", "FP32", ["log_amount"])]));

    [Fact]
    public void Wide_columns_push_the_ones_behind_them() => Assert.Equal(
        ["amount: a 0/1 column for each bin between 0, 10, 100 → [t, columns 2–3]", "country: a 0/1 column for each of its values but the first → [t, columns 0–1]"],
        Written([new BucketizeStep("amount", [0, 10, 100], OneHot: true), new OneHotStep("country", DropFirst: true), new AssembleStep("t", "FP32", ["country", "amount"])]));

    [Fact]
    public void Inputs_that_nothing_happens_to_are_told_in_one_line()
    {
        var plain = Samples.Contract with { Inputs = [Amount, Country], Preprocessing = [new Log1pStep("amount")] };
        Assert.Equal("1 input goes in unchanged: country", PreparationLines.Unchanged(PreparationLines.Of(plain)));
        var assembled = plain with { Preprocessing = [new AssembleStep("t", "FP32", ["amount", "country"])] };
        Assert.Equal("2 inputs go in unchanged: amount (t, column 0), country (t, column 1)", PreparationLines.Unchanged(PreparationLines.Of(assembled)));
        var branched = plain with { Preprocessing = [new Log1pStep("amount", "a"), new Log1pStep("country", "c")] };
        Assert.Null(PreparationLines.Unchanged(PreparationLines.Of(branched)));
    }

    [Fact]
    public void Second_graph_has_no_columns()
    {
        var contract = Samples.Contract with { Preprocessing = [new OnnxStep("sha256:ab")] };
        Assert.Empty(PreparationLines.Of(contract));
        Assert.Equal("sha256:ab", PreparationLines.Graph(contract));
    }

    public static TheoryData<ColumnStep, string> Steps => new()
    {
        { new ImputeStep("x", null, "none"), "“none” when missing" },
        { new ClipStep("x", 0, 5), "held within 0 and 5" },
        { new ClipStep("x", null, 5), "at most 5" },
        { new ClipStep("x", -1, null), "at least -1" },
        { new StandardizeStep("x", -2, 0.5), "(x + 2) / 0.5" },
        { new StandardizeStep("x", 0, 3), "x / 3" },
        { new MinMaxStep("x", 0, 250, Clip: true), "0 … 250 onto 0 … 1, held within" },
        { new OneHotStep("x", new(null, [1, 2])), "a 0/1 column for each of 1, 2" },
        { new OrdinalStep("x", new(["a", "b"], null), -1, -2), "place among a, b, from 0, unseen -1, missing -2" },
        { new BucketizeStep("x", [0, 1]), "number of the bin between 0, 1" },
        { new CastStep("x", CastTarget.Integer), "as integer" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_says_what_it_does_with_its_fitted_values(ColumnStep step, string words) => Assert.Equal(words, PreparationLines.Words(step));

    private static IEnumerable<string> Written(IReadOnlyList<PreprocessingStep> steps) =>
        PreparationLines.Of(Samples.Contract with { Inputs = [Amount, Country], Preprocessing = steps })
            .Select(line => $"{line.Column}{(line.From == line.Column ? "" : $" ({line.From})")}: {string.Join(" → ", line.Parts.Select(part => part.IsTensor ? $"[{part.Text}]" : part.Text))}");
}
