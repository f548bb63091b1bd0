using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class ModelTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Model_is_made_listed_and_found(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        await house.Send(new CreateModel("fraud-scoring", "Chargebacks"));
        await house.Send(new CreateModel("delivery-risk", null));
        Assert.Equal(["delivery-risk", "fraud-scoring"], (await house.Send(new ListModels())).Select(model => model.Name));
        var model = await house.Send(new GetModel("fraud-scoring"));
        Assert.Equal(("Chargebacks", null, null), (model.Description, model.Champion, model.LatestVersion));
        Assert.Equal(house.Clock.Now, model.CreatedAt);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Same_name_twice_is_a_conflict(DatabaseKind database)
    {
        await using var house = await TestHouse.Open(database);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                await house.Send(new CreateModel("fraud-scoring", null));
                return (RefusalKind?)null;
            }
            catch (RefusedException refusal)
            {
                return refusal.Kind;
            }
        })));
        Assert.Single(results, result => result is null);
        Assert.Equal(3, results.Count(result => result == RefusalKind.Conflict));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("Fraud")]
    [InlineData("-fraud")]
    [InlineData("fraud_scoring")]
    [InlineData("../fraud")]
    public async Task Bad_name_is_refused(string name)
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new CreateModel(name, null)));
        Assert.Equal(RefusalKind.Invalid, refusal.Kind);
        Assert.All(refusal.Problems, problem => Assert.Equal("name", problem.Path));
    }

    [Fact]
    public async Task Unknown_model_is_not_found()
    {
        await using var house = await TestHouse.Open(DatabaseKind.Sqlite);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => house.Send(new GetModel("none")))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => house.Send(new GetVersion("none", 1)))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<RefusedException>(() => house.Send(new RetryChecks("none", 1)))).Kind);
    }
}
