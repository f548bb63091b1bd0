using System.Globalization;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using Xunit;

namespace ControlPlane.Domain.Tests.Registry;

public sealed class BaselineSurveyTests
{
    private static readonly Contract Contract = new(
        [
            new("amount", FieldType.Number, Min: 0, Max: 100),
            new("country", FieldType.Category, Values: ["DE", "FR", "US"]),
            new("term", FieldType.Integer, AllowedNumbers: [12, 24, 36]),
            new("returning", FieldType.Boolean),
            new("note", FieldType.Text),
            new("secret", FieldType.Number, Monitored: false),
            new("raw", FieldType.Tensor, Tensor: new("FP32", [-1, 3])),
        ],
        [], new(), [new("score", "p", 1, FieldType.Number, 0, 1)], new("score", [new(0.5, "block")], "allow"), new(), null, [], null);

    [Fact]
    public void Every_kind_of_input_gets_its_bins()
    {
        var baseline = Survey(100, (name, i) => name switch
        {
            "amount" => RowValue.Of(i),
            "country" => RowValue.Of(i % 4 == 0 ? "FR" : "DE"),
            "term" => i % 10 == 0 ? RowValue.Missing : RowValue.Of(i % 2 == 0 ? 12 : 24),
            "returning" => RowValue.Of(i % 2 == 0),
            "note" => RowValue.Of($"n{i % 3}"),
            _ => RowValue.Of(i / 100.0),
        });
        Assert.Equal(["amount", "country", "term", "returning", "note"], baseline.Features.Select(feature => feature.Name));
        var (amount, country, term) = (baseline.Features[0], baseline.Features[1], baseline.Features[2]);
        Assert.Equal((11, 12), (amount.Edges.Count, amount.Counts.Count));
        Assert.Equal([0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0], amount.Counts);
        Assert.Equal(["DE", "FR", "US"], country.Values);
        Assert.Equal([75, 25, 0, 0], country.Counts);
        Assert.Equal(["24", "12", "36"], term.Values);
        Assert.Equal(10, term.Missing);
        Assert.Equal([50, 40, 0, 0], term.Counts);
        Assert.Equal("score", baseline.Score!.Name);
        Assert.Equal((0, 0), (baseline.Gaps!.Count, baseline.Remarks!.Count));
    }

    [Fact]
    public void Few_distinct_numbers_have_a_bin_each()
    {
        var amount = Survey(90, (name, i) => name == "amount" ? RowValue.Of(i % 3) : RowValue.Missing).Features.Single();
        Assert.Equal([0, 0.5, 1.5, 2], amount.Edges);
        Assert.Equal([0, 30, 30, 30, 0], amount.Counts);
    }

    [Fact]
    public void Constant_column_has_one_bin_and_both_sides()
    {
        var amount = Survey(30, (name, _) => name == "amount" ? RowValue.Of(5) : RowValue.Missing).Features.Single();
        Assert.Equal([0, 30, 0], amount.Counts);
        Assert.Equal((0, 2), (BaselineBins.IndexOf(amount.Edges, 4.9), BaselineBins.IndexOf(amount.Edges, 5.1)));
    }

    [Fact]
    public void Values_beyond_fifty_share_the_last_bin()
    {
        var contract = Contract with { Inputs = [new("city", FieldType.Category, Unseen: UnseenPolicy.Accept)], Policy = null, Outputs = [] };
        var survey = new BaselineSurvey(contract, BaselineSource.Reference);
        // City c is there 61 - c times, so the most frequent fifty are the first ones.
        var rows = Enumerable.Range(1, 60).SelectMany(city => Enumerable.Repeat(RowValue.Of($"c{city}"), 61 - city)).ToList();
        rows.ForEach(value => survey.Survey("city", value));
        survey.FixBins(rows.Count);
        rows.ForEach(value => survey.Count("city", value));
        var city = survey.Finish().Features.Single();
        Assert.Equal((50, 51), (city.Values.Count, city.Counts.Count));
        Assert.Equal((60, 11, 55), (city.Counts[0], city.Counts[49], city.Counts[50]));
        Assert.DoesNotContain("c51", city.Values);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(20)]
    public void Free_text_is_said_and_not_compared(int rows)
    {
        var baseline = Survey(rows, (name, i) => name == "note" ? RowValue.Of($"a sentence {i}") : RowValue.Of(name == "country" ? "DE" : "true"));
        Assert.DoesNotContain(baseline.Features, feature => feature.Name == "note");
        Assert.Contains(baseline.Remarks!, remark => remark.StartsWith("note is free text", StringComparison.Ordinal));
        Assert.DoesNotContain(baseline.Gaps!, gap => gap.Name == "note");
    }

    [Fact]
    public void Fewer_than_twenty_values_are_a_gap_that_says_how_many()
    {
        var baseline = Survey(19, (_, i) => RowValue.Of(i));
        Assert.Empty(baseline.Features);
        Assert.Equal("has 19 values; bins need at least 20", baseline.Gaps!.Single(gap => gap.Name == "amount").Sentence);
        Assert.Contains(baseline.Gaps!, gap => gap.Name == "score");
    }

    [Fact]
    public void Values_outside_the_contract_are_counted_and_said()
    {
        var baseline = Survey(40, (name, i) => name == "amount" ? RowValue.Of(i < 3 ? -1 : i) : name == "country" ? RowValue.Of(i == 0 ? "XX" : "DE") : RowValue.Missing);
        Assert.Contains("amount: 3 of 40 values are outside what the contract allows.", baseline.Remarks!);
        Assert.Contains("country: 1 of 40 values are outside what the contract allows.", baseline.Remarks!);
        Assert.Equal(1, baseline.Features.Single(feature => feature.Name == "country").Counts[^1]);
    }

    [Fact]
    public void Column_that_is_not_there_is_a_gap_and_a_score_that_is_not_there_a_remark()
    {
        var baseline = new BaselineSurvey(Contract, BaselineSource.Reference, ["amount"]).Finish();
        Assert.Equal(["country", "term", "returning", "note"], baseline.Gaps!.Select(gap => gap.Name));
        Assert.Contains("no column score", Assert.Single(baseline.Remarks!), StringComparison.Ordinal);
    }

    [Fact]
    public void More_values_than_are_kept_give_deciles_of_an_even_share_and_counts_of_all()
    {
        var contract = Contract with { Inputs = [new("amount", FieldType.Number)], Policy = null, Outputs = [] };
        var survey = new BaselineSurvey(contract, BaselineSource.Reference);
        const int rows = 350_000;
        for (var i = 0; i < rows; i++) survey.Survey("amount", RowValue.Of(i * 7919L % rows));
        survey.FixBins(rows);
        for (var i = 0; i < rows; i++) survey.Count("amount", RowValue.Of(i * 7919L % rows));
        var amount = survey.Finish().Features.Single();
        Assert.Equal((0, rows - 1), (amount.Edges[0], amount.Edges[^1]));
        Assert.Equal(rows, amount.Counts.Sum());
        Assert.All(amount.Counts.Skip(1).Take(10), count => Assert.InRange(count, rows * 0.099, rows * 0.101));
    }

    [Fact]
    public void Golden_rows_give_bins_and_their_expected_score()
    {
        var samples = Enumerable.Range(0, 25).Select(i => new GoldenSample(
            i + 1, $$"""{"amount": {{i}}, "country": "DE", "term": 12, "returning": true, "note": "x"}""", new Dictionary<string, string> { ["score"] = (i / 25.0).ToString(CultureInfo.InvariantCulture) })).ToList();
        var baseline = GoldenBaseline.Of(samples, Contract);
        Assert.Equal((BaselineSource.Golden, 25, 5), (baseline.Source, baseline.Rows, baseline.Features.Count));
        Assert.Equal(25, baseline.Score!.Counts.Sum());
        Assert.Equal(25, baseline.Features[0].Counts.Sum());
    }

    private static Baseline Survey(int rows, Func<string, int, RowValue> value)
    {
        string[] names = ["amount", "country", "term", "returning", "note", "score"];
        var survey = new BaselineSurvey(Contract, BaselineSource.Reference, names);
        for (var i = 0; i < rows; i++) Array.ForEach(names, name => survey.Survey(name, Fit(name, value(name, i))));
        survey.FixBins(rows);
        for (var i = 0; i < rows; i++) Array.ForEach(names, name => survey.Count(name, Fit(name, value(name, i))));
        return survey.Finish();
    }

    // A number where a text is wanted, or the other way round, never passes the reader of a file.
    private static RowValue Fit(string name, RowValue value) =>
        name is "amount" or "term" or "score" == value.Text is null ? value : RowValue.Missing;
}
