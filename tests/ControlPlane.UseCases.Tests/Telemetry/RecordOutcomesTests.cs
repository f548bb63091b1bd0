using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Telemetry;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Telemetry;

public sealed class RecordOutcomesTests
{
    private static readonly OutcomeReport Chargeback = new("p-1", null, null, "chargeback", 1, new DateTimeOffset(2026, 2, 1, 13, 0, 0, TimeSpan.FromHours(1)));

    [Theory]
    [OnEachDatabase]
    public async Task Outcome_sent_again_is_a_duplicate(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        Assert.Equal((1, 1, 0), Counts(await house.Send(new RecordOutcomes([Chargeback, Chargeback]))));
        var sameInstant = Chargeback with { At = Chargeback.At!.Value.ToUniversalTime() };
        Assert.Equal((1, 1, 0), Counts(await house.Send(new RecordOutcomes([sameInstant, Chargeback with { PredictionId = "p-2" }]))));
        var row = await house.Query(context => context.Outcomes.SingleAsync(outcome => outcome.PredictionId == "p-1", TestContext.Current.CancellationToken));
        Assert.Equal((Chargeback.At, house.Clock.Now, 1.0), (row.At, row.ReceivedAt, row.Value));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Same_outcomes_at_once_are_kept_once(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var reports = Enumerable.Range(0, 600).Select(number => Chargeback with { PredictionId = $"p-{number}" }).ToList();
        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => house.Send(new RecordOutcomes(reports)))));
        Assert.Equal(600, results.Sum(result => result.Accepted));
        Assert.Equal(1200, results.Sum(result => result.Duplicate));
        Assert.Equal(600, await house.Query(context => context.Outcomes.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Bad_outcomes_are_refused_one_by_one_and_the_rest_is_taken(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await house.Send(new CreateModel("fraud-scoring", null));
        var result = await house.Send(new RecordOutcomes(
        [
            Chargeback with { PredictionId = null },
            Chargeback with { PredictionId = null, Model = "fraud-scoring", RoutingKey = "u-17" },
            Chargeback with { PredictionId = null, RoutingKey = "u-17" },
            Chargeback with { PredictionId = null, Model = "none", RoutingKey = "u-17" },
            Chargeback with { RoutingKey = "u-17" },
            Chargeback with { Name = "" },
            Chargeback with { Value = null },
            Chargeback with { Value = double.NaN },
            Chargeback with { PredictionId = new string('p', 300) },
        ]));
        Assert.Equal((1, 0, 8), Counts(result));
        Assert.Equal(
            ["0 prediction_id", "2 model", "3 model", "4 routing_key", "5 name", "6 value", "7 value", "8 prediction_id"],
            result.Rejections.Select(rejection => $"{rejection.Index} {rejection.Reason.Split(':')[0]}"));
    }

    [Fact]
    public async Task No_outcomes_at_all_are_refused()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        Assert.Equal("outcomes", (await Assert.ThrowsAsync<RefusedException>(() => house.Send(new RecordOutcomes([])))).Problems.Single().Path);
    }

    private static (int Accepted, int Duplicate, int Rejected) Counts(RecordedOutcomes result) => (result.Accepted, result.Duplicate, result.Rejected);
}
