using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class PreparationPlanTests
{
    private static readonly InputField X = new("x", FieldType.Number);
    private static readonly InputField Gap = new("gap", FieldType.Number, Required: false);
    private static readonly InputField Country = new("country", FieldType.Category, Values: ["DE", "FR"]);

    [Fact]
    public void Plan_without_steps_leaves_every_column_what_the_client_sent()
    {
        var plan = PreparationPlan.Of(Prepared.ContractOf([X, Country, new("raw", FieldType.Tensor, Tensor: new("FP32", [-1]))]));

        Assert.True(plan.IsEmpty);
        Assert.Equal(["x", "country"], plan.Columns.Select(column => column.Name));
        Assert.All(plan.Columns, column => Assert.Null(column.Step));
    }

    [Fact]
    public void Steps_follow_each_other_and_leave_the_sent_values_alone()
    {
        double[] sent = [double.NaN, Math.E - 1];
        var prepared = Prepared.Of(sent, new ImputeStep("x", 0, null), new Log1pStep("x"), new StandardizeStep("x", 1, 0.5));

        Assert.Equal([-2, 0], prepared.Numbers("x").Select(value => Math.Round(value, 12)));
        Assert.Equal([double.NaN, Math.E - 1], sent);
    }

    [Fact]
    public void Into_keeps_the_feature_for_the_steps_that_follow()
    {
        var prepared = Prepared.Of(
            [2, 4], new StandardizeStep("x", 2, 2, Into: "scaled"), new ClipStep("x", null, 3), new MinMaxStep("scaled", 0, 2, Into: "half"), new ClipStep("scaled", null, 0.25));

        Assert.Equal([2, 3], prepared.Numbers("x"));
        Assert.Equal([0, 0.25], prepared.Numbers("scaled"));
        Assert.Equal([0, 0.5], prepared.Numbers("half"));
        Assert.Equal(["scaled", "x"], prepared.Plan.Consumed.Order());
    }

    [Fact]
    public void Assemble_holds_the_columns_as_they_were_at_its_step()
    {
        var prepared = Prepared.Of([1, 2], new ClipStep("x", 0, null), new AssembleStep("t", "FP64", ["x"]), new StandardizeStep("x", 0, 0.5));

        Assert.Equal<double>([1, 2], prepared.Tensor<double>("t"));
        Assert.Equal([2, 4], prepared.Numbers("x"));
    }

    [Fact]
    public void Assemble_casts_to_the_tensor_s_own_precision()
    {
        var step = new AssembleStep("t", "FP32", ["x"]);

        Assert.Equal([0.1f, 16777216f, float.NaN], Prepared.Of([0.1, 16777217, double.NaN], step).Tensor<float>("t"));
        Assert.Equal([0.1, 16777217, double.NaN], Prepared.Of([0.1, 16777217, double.NaN], step).Tensor<double>("t"));
        Assert.Equal([0, 16777217, long.MaxValue], Prepared.Of([0.1, 16777217, 1e300], step).Tensor<long>("t"));
        Assert.Equal([(Half)0.1, Half.PositiveInfinity], Prepared.Of([0.1, 1e6], step).Tensor<Half>("t"));
    }

    [Fact]
    public void Later_runs_of_other_sizes_use_the_same_buffers()
    {
        double[][] numbers = [[1, 2, 3, 4, 5]];
        var rows = new PreparedRows(PreparationPlan.Of(Prepared.ContractOf([X], new OneHotStep("x", new(null, [2, 4, 5])))), numbers, [[]]);
        var column = rows.Plan.Find("x")!;

        rows.Prepare(0, 4);
        Assert.Equal([0, 1, 0, 0], rows.Numbers(column, 0).ToArray());
        rows.Prepare(3, 2);
        Assert.Equal([0, 0], rows.Numbers(column, 0).ToArray());
        Assert.Equal([1, 0], rows.Numbers(column, 1).ToArray());
        Assert.Equal([0, 1], rows.Numbers(column, 2).ToArray());
    }

    [Fact]
    public void Unseen_values_that_count_as_missing_are_filled_by_impute()
    {
        var field = Country with { Unseen = UnseenPolicy.Missing };
        string[] sent = ["FR", "XX", ""];
        var prepared = Prepared.Of([field], [sent], new ImputeStep("country", null, "DE"), new OneHotStep("country"));

        Assert.Equal([[0, 1], [1, 0], [1, 0]], prepared.Rows("country"));
        Assert.Equal("XX", sent[1]);
    }

    [Fact]
    public void Single_precision_finds_the_category_that_was_meant() =>
        Assert.Equal([1, 0, double.NaN], Prepared.Of([0.1f, 0.5, 0.11], new OrdinalStep("x", new(null, [0.5, 0.1]))).Numbers("x"));

    public static TheoryData<InputField, PreprocessingStep[], ColumnKind, bool> Kinds => new()
    {
        { X, [], ColumnKind.Number, false },
        { Gap, [], ColumnKind.Number, true },
        { Gap, [new ImputeStep("gap", 1, null)], ColumnKind.Number, false },
        { Gap, [new BucketizeStep("gap", [0, 1, 2])], ColumnKind.Integer, true },
        { Gap, [new BucketizeStep("gap", [0, 1, 2], OneHot: true)], ColumnKind.Boolean, false },
        { Gap, [new CastStep("gap", CastTarget.Integer)], ColumnKind.Integer, true },
        { Country, [new OrdinalStep("country")], ColumnKind.Integer, false },
        { Country, [new OrdinalStep("country", new(["DE"], null))], ColumnKind.Integer, true },
        { Country, [new OrdinalStep("country", new(["DE"], null), UnseenValue: -1)], ColumnKind.Integer, false },
        { Country, [new OrdinalStep("country", new(["DE"], null), UnseenValue: 0.5)], ColumnKind.Number, false },
        { Country with { Required = false }, [new OrdinalStep("country")], ColumnKind.Integer, true },
        { Country with { Required = false }, [new OrdinalStep("country", MissingValue: 9)], ColumnKind.Integer, false },
        { Country with { Required = false }, [new ImputeStep("country", null, "XX"), new OrdinalStep("country")], ColumnKind.Integer, true },
        { Country with { Values = ["1", "2.5"] }, [new CastStep("country", CastTarget.Number)], ColumnKind.Number, false },
        { Country, [new CastStep("country", CastTarget.Number)], ColumnKind.Number, true },
        { Country with { Unseen = UnseenPolicy.Missing }, [], ColumnKind.Text, true },
    };

    /// <summary>What a tensor of whole numbers may take hangs on these two.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Column_knows_its_kind_and_whether_it_may_be_missing(InputField input, PreprocessingStep[] steps, ColumnKind kind, bool mayBeMissing)
    {
        var column = Assert.Single(PreparationPlan.Of(Prepared.ContractOf([input], steps)).Columns);

        Assert.Equal((kind, mayBeMissing), (column.Kind, column.MayBeMissing));
    }
}
