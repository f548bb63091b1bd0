using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class GoldenSampleTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Sample_of_a_line_and_after_an_empty_line_the_next(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house, golden: $"\n{Uploads.Golden}\n{Uploads.Golden.Replace("12.5", "99", StringComparison.Ordinal)}\n");
        var first = await house.Send(new GetGoldenSample(Uploads.Model, 1));
        Assert.Equal((2, 12.5, 0.5, null), (first.Line, first.Inputs.GetProperty("amount").GetDouble(), first.Outputs.GetProperty("score").GetDouble(), first.Stages));
        Assert.Equal(99, (await house.Send(new GetGoldenSample(Uploads.Model, 1, 3))).Inputs.GetProperty("amount").GetDouble());
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new GetGoldenSample(Uploads.Model, 1, 4))));
        Assert.Equal(RefusalKind.Invalid, await Refused(house.Send(new GetGoldenSample(Uploads.Model, 1, 0))));
    }

    [Fact]
    public async Task Version_without_samples_or_no_version_is_not_found()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house, golden: null);
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new GetGoldenSample(Uploads.Model, 1))));
        Assert.Equal(RefusalKind.NotFound, await Refused(house.Send(new GetGoldenSample(Uploads.Model, 2))));
    }

    private static async Task<RefusalKind> Refused(Task send) => (await Assert.ThrowsAsync<RefusedException>(() => send)).Kind;
}
