using System.Text.Json;
using ControlPlane.Demo.Rows;

namespace ControlPlane.Demo.Tests.Rows;

public sealed class RowGeneratorTests
{
    [Theory]
    [InlineData("fraud-scoring")]
    [InlineData("delivery-risk")]
    public async Task Draw_rows_satisfy_the_contract(string model)
    {
        var rows = new RowGenerator(await DemoModels.PopulationAsync(model), 7);
        var contract = await File.ReadAllTextAsync(Path.Combine(DemoModels.Folder(model), "champion", "contract.json"), TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(contract);
        var inputs = document.RootElement.GetProperty("inputs").EnumerateArray().ToDictionary(input => input.GetProperty("name").GetString()!);

        for (var i = 0; i < 5_000; i++)
        {
            var values = rows.Draw(i, hoursSinceStart: i / 100.0).Values;
            Assert.Subset(inputs.Keys.ToHashSet(), values.Keys.ToHashSet());
            foreach (var (name, input) in inputs)
                Assert.True(Satisfies(input, values.GetValueOrDefault(name)), $"{name} = {values.GetValueOrDefault(name)}");
        }
    }

    [Theory]
    [InlineData("fraud-scoring")]
    [InlineData("delivery-risk")]
    public async Task Draw_rows_end_badly_as_often_as_the_rows_of_the_training_script(string model)
    {
        var population = await DemoModels.PopulationAsync(model);
        var rows = new RowGenerator(population, 11);

        var mean = Enumerable.Range(0, 40_000).Average(customer => TrueRisk.Probability(population, rows.Draw(customer, 0)));

        Assert.Equal(population.EventShare, mean, 0.006);
    }

    [Fact]
    public async Task Draw_same_customer_keeps_what_is_its_own()
    {
        var population = await DemoModels.PopulationAsync("fraud-scoring");
        var rows = new RowGenerator(population, 3);
        var own = population.Features.Where(feature => feature.Per == FeatureOwner.Customer).Select(feature => feature.Name).ToArray();

        var (first, second) = (rows.Draw(42, 0).Values, rows.Draw(42, 5).Values);

        Assert.All(own, name => Assert.Equal(first.GetValueOrDefault(name), second.GetValueOrDefault(name)));
        Assert.NotEqual(first["order_value"], second["order_value"]);
    }

    [Fact]
    public async Task Draw_same_seed_gives_the_same_rows()
    {
        var population = await DemoModels.PopulationAsync("delivery-risk");
        var (one, other, third) = (new RowGenerator(population, 5), new RowGenerator(population, 5), new RowGenerator(population, 6));

        var row = one.Draw(1, 0).Values;

        Assert.Equal(row, other.Draw(1, 0).Values);
        Assert.NotEqual(row, third.Draw(1, 0).Values);
    }

    [Fact]
    public async Task Draw_drifts_up_to_the_limit()
    {
        var population = await DemoModels.PopulationAsync("fraud-scoring");
        var drift = population.Features.Single(feature => feature.Name == "order_value").Drift!;

        var logs = new[] { 0.0, 5, 15, 1000 }.Select(MeanLog).ToArray();

        Assert.Equal(0, drift.Shift(0));
        Assert.Equal(drift.Limit, drift.Shift(1000));
        Assert.Equal(logs[0] + (5 * drift.PerHour), logs[1], 0.03);
        Assert.Equal(logs[0] + drift.Limit, logs[2], 0.03);
        Assert.Equal(logs[2], logs[3], 0.03);

        double MeanLog(double hours)
        {
            var rows = new RowGenerator(population, 9);
            return Enumerable.Range(0, 20_000).Average(customer => Math.Log((double)rows.Draw(customer, hours).Values["order_value"]));
        }
    }

    private static bool Satisfies(JsonElement input, object? value) => value switch
    {
        null => !input.GetProperty("required").GetBoolean(),
        string text => input.GetProperty("values").EnumerateArray().Any(known => known.GetString() == text),
        long whole => whole >= input.GetProperty("min").GetDouble() && whole <= input.GetProperty("max").GetDouble(),
        double number => input.GetProperty("type").GetString() == "number" && number >= input.GetProperty("min").GetDouble() && number <= input.GetProperty("max").GetDouble(),
        _ => false,
    };
}
