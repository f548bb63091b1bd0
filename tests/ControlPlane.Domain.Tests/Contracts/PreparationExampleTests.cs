using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Worked examples: what the pages of scikit-learn 1.2 print, and the edges of each operation.</summary>
public sealed class PreparationExampleTests
{
    private const double Nan = double.NaN;

    /// <summary>sklearn.preprocessing.StandardScaler, Examples: fit [[0, 0], [0, 0], [1, 1], [1, 1]], mean_ [0.5, 0.5]; transform([[2, 2]]) is [[3., 3.]].</summary>
    [Fact]
    public void Standardize_repeats_the_example_of_StandardScaler() =>
        Assert.Equal([-1, -1, 1, 1, 3], Prepared.Of([0, 0, 1, 1, 2], new StandardizeStep("x", 0.5, 0.5)).Numbers("x"));

    /// <summary>sklearn.preprocessing.MinMaxScaler, Examples: data [[-1, 2], [-0.5, 6], [0, 10], [1, 18]]; transform([[2, 2]]) is [[1.5, 0.]].</summary>
    [Fact]
    public void MinMax_repeats_the_example_of_MinMaxScaler()
    {
        Assert.Equal([0, 0.25, 0.5, 1, 1.5], Prepared.Of([-1, -0.5, 0, 1, 2], new MinMaxStep("x", -1, 1)).Numbers("x"));
        Assert.Equal([0, 0.25, 0.5, 1, 0], Prepared.Of([2, 6, 10, 18, 2], new MinMaxStep("x", 2, 18)).Numbers("x"));
    }

    /// <summary>
    /// sklearn.preprocessing.OneHotEncoder, Examples: X [['Male', 1], ['Female', 3], ['Female', 2]], categories [Female, Male] and [1, 2, 3];
    /// transform([['Female', 1], ['Male', 4]]) is [[1, 0, 1, 0, 0], [0, 1, 0, 0, 0]].
    /// </summary>
    [Fact]
    public void OneHot_repeats_the_example_of_OneHotEncoder()
    {
        InputField[] inputs = [new("sex", FieldType.Category, Values: ["Female", "Male"]), new("group", FieldType.Integer)];
        var prepared = Prepared.Of(
            inputs, [new[] { "Female", "Male" }, new double[] { 1, 4 }],
            new OneHotStep("sex"), new OneHotStep("group", new(null, [1, 2, 3])), new AssembleStep("x", "FP32", ["sex", "group"]));

        Assert.Equal<float>([1, 0, 1, 0, 0, 0, 1, 0, 0, 0], prepared.Tensor<float>("x"));
    }

    /// <summary>The same page, drop='first': transform([['Female', 1], ['Male', 2]]) is [[0., 0., 0.], [1., 1., 0.]].</summary>
    [Fact]
    public void OneHot_drop_first_repeats_the_example_of_OneHotEncoder()
    {
        InputField[] inputs = [new("sex", FieldType.Category, Values: ["Female", "Male"]), new("group", FieldType.Integer, AllowedNumbers: [1, 2, 3])];
        var prepared = Prepared.Of(
            inputs, [new[] { "Female", "Male" }, new double[] { 1, 2 }],
            new OneHotStep("sex", DropFirst: true), new OneHotStep("group", DropFirst: true), new AssembleStep("x", "FP64", ["sex", "group"]));

        Assert.Equal<double>([0, 0, 0, 1, 1, 0], prepared.Tensor<double>("x"));
    }

    /// <summary>sklearn.preprocessing.OrdinalEncoder, Examples: transform([['Female', 3], ['Male', 1]]) is [[0., 2.], [1., 0.]].</summary>
    [Fact]
    public void Ordinal_repeats_the_example_of_OrdinalEncoder()
    {
        Assert.Equal([0, 1], Prepared.Of(["Female", "Male"], new OrdinalStep("c", new(["Female", "Male"], null))).Numbers("c"));
        Assert.Equal([2, 0], Prepared.Of([3, 1], new OrdinalStep("x", new(null, [1, 2, 3]))).Numbers("x"));
    }

    /// <summary>The same page: a missing value stays NaN by default, and becomes -1 with encoded_missing_value=-1: [[1.], [0.], [-1.]].</summary>
    [Fact]
    public void Ordinal_missing_repeats_the_example_of_OrdinalEncoder()
    {
        var categories = new CategoryList(["Female", "Male"], null);

        Assert.Equal([1, 0, Nan], Prepared.Of(["Male", "Female", ""], new OrdinalStep("c", categories)).Numbers("c"));
        Assert.Equal([1, 0, -1], Prepared.Of(["Male", "Female", ""], new OrdinalStep("c", categories, MissingValue: -1)).Numbers("c"));
    }

    /// <summary>
    /// sklearn.preprocessing.KBinsDiscretizer, Examples: X [[-2, 1, -4, -1], [-1, 2, -3, -0.5], [0, 3, -2, 0.5], [1, 4, -1, 2]], 3 uniform bins;
    /// the first column gives 0, 1, 2, 2 with the edges -2, -1, 0, 1 and the last one 0, 0, 1, 2 with -1, 0, 1, 2.
    /// </summary>
    [Fact]
    public void Bucketize_repeats_the_example_of_KBinsDiscretizer()
    {
        Assert.Equal([0, 1, 2, 2], Prepared.Of([-2, -1, 0, 1], new BucketizeStep("x", [-2, -1, 0, 1])).Numbers("x"));
        Assert.Equal([0, 0, 1, 2], Prepared.Of([-1, -0.5, 0.5, 2], new BucketizeStep("x", [-1, 0, 1, 2])).Numbers("x"));
    }

    /// <summary>
    /// sklearn.impute.SimpleImputer, Examples: fit [[7, 2, 3], [4, nan, 6], [10, 5, 9]]; transform([[nan, 2, 3], [4, nan, 6], [10, nan, 9]]) is
    /// [[7., 2., 3.], [4., 3.5, 6.], [10., 3.5, 9.]].
    /// </summary>
    [Fact]
    public void Impute_repeats_the_example_of_SimpleImputer()
    {
        Assert.Equal([7, 4, 10], Prepared.Of([Nan, 4, 10], new ImputeStep("x", 7, null)).Numbers("x"));
        Assert.Equal([2, 3.5, 3.5], Prepared.Of([2, Nan, Nan], new ImputeStep("x", 3.5, null)).Numbers("x"));
    }

    [Fact]
    public void Impute_with_an_indicator_tells_which_were_missing()
    {
        var numbers = Prepared.Of([Nan, 4, 0], new ImputeStep("x", 0, null, Indicator: "gap"));
        var texts = Prepared.Of(["", "a"], new ImputeStep("c", null, "b", Into: "full", Indicator: "gap"));

        Assert.Equal([1, 0, 0], numbers.Numbers("gap"));
        Assert.Equal([0, 4, 0], numbers.Numbers("x"));
        Assert.Equal([1, 0], texts.Numbers("gap"));
        Assert.Equal(["b", "a"], texts.Texts("full"));
        Assert.Equal(["", "a"], texts.Texts("c"));
    }

    [Fact]
    public void Clip_keeps_what_is_missing() =>
        Assert.Equal([0, 5, 10, Nan], Prepared.Of([-1, 5, 11, Nan], new ClipStep("x", 0, 10)).Numbers("x"));

    [Fact]
    public void Log1p_is_exact_for_tiny_values()
    {
        var logs = Prepared.Of([0, 1e-10, Math.E - 1, Nan], new Log1pStep("x")).Numbers("x");

        Assert.Equal(0, logs[0]);
        Assert.Equal(9.9999999995e-11, logs[1], 1e-25);
        Assert.Equal(1, logs[2], 1e-15);
        Assert.Equal(Nan, logs[3]);
    }

    [Fact]
    public void Bucketize_outside_takes_the_outermost_bins_and_missing_none()
    {
        double[] values = [-5, 0, 1, 1.999, 2, 99, Nan];

        Assert.Equal([0, 0, 1, 1, 1, 1, Nan], Prepared.Of(values, new BucketizeStep("x", [0, 1, 2])).Numbers("x"));
        Assert.Equal([[1, 0], [1, 0], [0, 1], [0, 1], [0, 1], [0, 1], [0, 0]], Prepared.Of(values, new BucketizeStep("x", [0, 1, 2], OneHot: true)).Rows("x"));
    }

    [Theory]
    [InlineData(CastTarget.Number, new[] { -2.5, 0, 3, Nan })]
    [InlineData(CastTarget.Integer, new[] { -2.0, 0, 3, Nan })]
    [InlineData(CastTarget.Boolean, new[] { 1.0, 0, 1, Nan })]
    public void Cast_of_numbers_keeps_what_is_missing(CastTarget to, double[] expected) =>
        Assert.Equal(expected, Prepared.Of([-2.5, 0, 3, Nan], new CastStep("x", to)).Numbers("x"));

    [Fact]
    public void Cast_to_text_writes_the_shortest_form()
    {
        Assert.Equal(["3", "3.5", "-2", "1E+21", ""], Prepared.Of([3, 3.5, -2, 1e21, Nan], new CastStep("x", CastTarget.Text)).Texts("x"));
        Assert.Equal(["true", "false", ""], Prepared.Of([new("b", FieldType.Boolean, Required: false)], [new[] { 1, 0, Nan }], new CastStep("b", CastTarget.Text)).Texts("b"));
    }

    [Fact]
    public void Cast_of_texts_reads_numbers_and_nothing_else() =>
        Assert.Equal([12, -0.5, 1000, Nan, Nan, Nan], Prepared.Of(["12", "-0.5", "1e3", "", "twelve", "1,5"], new CastStep("c", CastTarget.Number)).Numbers("c"));
}
