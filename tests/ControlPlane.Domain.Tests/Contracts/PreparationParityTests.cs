using System.Text.Json;
using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>The table that Parity/make_parity.py had scikit-learn compute.</summary>
public sealed class PreparationParityTests
{
    private static readonly JsonElement Cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Parity", "scikit_learn.json"))).RootElement.GetProperty("cases");

    public static TheoryData<string> Names => [.. Cases.EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Operation_gives_what_scikit_learn_gives(string name)
    {
        var one = Cases.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        var isText = one.GetProperty("kind").GetString() == "text";
        var step = Step(one.GetProperty("step"), isText ? "c" : "x");
        var column = one.GetProperty("column").EnumerateArray();
        var prepared = isText ? Prepared.Of([.. column.Select(value => value.GetString()!)], step) : Prepared.Of([.. column.Select(Number)], step);

        foreach (var (row, expected) in one.GetProperty("expected").EnumerateArray().Index())
        {
            if (expected[0].ValueKind == JsonValueKind.String) Assert.Equal(expected[0].GetString(), prepared.Texts("c")[row]);
            else AssertRow([.. expected.EnumerateArray().Select(Number)], Row(prepared, row), one.GetProperty("single").GetBoolean(), $"{name}, row {row}");
        }
    }

    private static double[] Row(Prepared prepared, int row) => [.. prepared.Plan.Columns.SelectMany(column => prepared.Rows(column.Name)[row])];

    private static void AssertRow(double[] expected, double[] row, bool isSingle, string where)
    {
        Assert.Equal(expected.Length, row.Length);
        foreach (var (wanted, found) in expected.Zip(row))
        {
            // The order of a scaling's two operations may differ in the last digits.
            var room = (isSingle ? 1e-6 : 1e-13) * Math.Max(1, Math.Abs(wanted));
            Assert.True(double.IsNaN(wanted) ? double.IsNaN(found) : Math.Abs(wanted - found) <= room, $"{where}: {wanted} expected, {found} found");
        }
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();

    private static PreprocessingStep Step(JsonElement step, string feature) => step.GetProperty("op").GetString() switch
    {
        "standardize" => new StandardizeStep(feature, step.GetProperty("mean").GetDouble(), step.GetProperty("scale").GetDouble()),
        "min_max" => new MinMaxStep(
            feature, step.GetProperty("min").GetDouble(), step.GetProperty("max").GetDouble(), step.GetProperty("low").GetDouble(), step.GetProperty("high").GetDouble(),
            step.GetProperty("clip").GetBoolean()),
        "log1p" => new Log1pStep(feature),
        "clip" => new ClipStep(feature, step.GetProperty("min").GetDouble(), step.GetProperty("max").GetDouble()),
        "impute" when feature == "c" => new ImputeStep(feature, null, step.GetProperty("value").GetString()),
        "impute" => new ImputeStep(feature, step.GetProperty("value").GetDouble(), null, Indicator: step.GetProperty("indicator").GetString()),
        "one_hot" => new OneHotStep(feature, Categories(step), step.TryGetProperty("drop_first", out var drop) && drop.GetBoolean()),
        "ordinal" => new OrdinalStep(feature, Categories(step), Optional(step, "unseen_value"), Optional(step, "missing_value")),
        "bucketize" => new BucketizeStep(feature, [.. step.GetProperty("edges").EnumerateArray().Select(Number)], step.GetProperty("encode").GetString() == "one_hot"),
        var op => throw new InvalidOperationException($"{op} is not known."),
    };

    private static CategoryList Categories(JsonElement step)
    {
        var values = step.GetProperty("values").EnumerateArray().ToList();
        return values[0].ValueKind == JsonValueKind.String ? new([.. values.Select(value => value.GetString()!)], null) : new(null, [.. values.Select(Number)]);
    }

    private static double? Optional(JsonElement step, string name) => step.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
