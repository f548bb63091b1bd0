using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class UploadVersionTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Upload_makes_a_version_that_waits_for_its_checks(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var uploaded = await Uploads.Upload(house);
        Assert.Equal((1, VersionStatus.Checking, false), (uploaded.Version, uploaded.Status, uploaded.AlreadyThere));
        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        Assert.Equal(uploaded.ReleaseDigest, version.ReleaseDigest);
        Assert.Equal((1, false, "first try", "ada@example.com"), (version.GoldenRows, version.ContractInferred, version.Notes, version.CreatedBy));
        Assert.Equal(0.9, version.Contract.Policy!.Bands[0].AtLeast);
        Assert.Contains("ai.onnx.ml.LinearClassifier", version.Operators.Keys);
        Assert.True(await house.Artifacts.Has(version.GoldenDigest!, TestContext.Current.CancellationToken));
        Assert.Contains("version_uploaded", await house.Query(context => context.AuditEntries.Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(1, (await house.Send(new ListModels())).Single().LatestVersion);
        Assert.Equal(1, (await house.Send(new GetModel(Uploads.Model))).Versions.Single().Version);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Same_release_answers_with_the_existing_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var first = await Uploads.Upload(house);
        Assert.Equal(2, (await Uploads.Upload(house, blockAt: 0.8)).Version);
        var again = await Uploads.Upload(house);
        Assert.Equal((first.Version, first.ReleaseDigest, true), (again.Version, again.ReleaseDigest, again.AlreadyThere));
        Assert.Equal(2, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Uploads_at_once_get_consecutive_numbers(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var uploads = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => Uploads.Upload(house, blockAt: 0.5 + (number / 100.0)))));
        Assert.Equal(Enumerable.Range(1, 6), uploads.Select(upload => upload.Version).Order());
        Assert.Equal(6, await house.Query(context => context.AuditEntries.CountAsync(entry => entry.Action == "version_uploaded", TestContext.Current.CancellationToken)));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Same_upload_at_once_makes_one_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var uploads = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Uploads.Upload(house))));
        Assert.All(uploads, upload => Assert.Equal(1, upload.Version));
        Assert.Single(uploads, upload => !upload.AlreadyThere);
    }

    [Fact]
    public async Task Without_a_contract_one_is_inferred()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await house.Send(new UploadVersion(Uploads.Model, await Uploads.Store(house, "dense"), null, null, null));
        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        Assert.True(version.ContractInferred);
        Assert.All(version.Contract.Inputs, input => Assert.NotNull(input.Tensor));
        Assert.Null(version.GoldenDigest);
    }

    [Fact]
    public async Task Rejected_version_takes_other_golden_samples_and_is_checked_again()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        await house.Query(context => context.Versions.ExecuteUpdateAsync(set => set.SetProperty(version => version.Status, VersionStatus.Rejected), TestContext.Current.CancellationToken));
        Assert.Equal(VersionStatus.Rejected, (await Uploads.Upload(house)).Status);
        var again = await Uploads.Upload(house, golden: $"{Uploads.Golden}\n{Uploads.Golden}");
        Assert.Equal((1, VersionStatus.Checking, true), (again.Version, again.Status, again.AlreadyThere));
        Assert.Equal(2, (await house.Send(new GetVersion(Uploads.Model, 1))).GoldenRows);
    }

    [Theory]
    [InlineData(VersionStatus.Checking, Uploads.Golden, "already has golden samples, other than these. Wait for its checks")]
    [InlineData(VersionStatus.Ready, Uploads.Golden, "already has golden samples, other than these. It is ready and keeps")]
    [InlineData(VersionStatus.Ready, null, "was uploaded without golden samples. It is ready and keeps")]
    public async Task Other_golden_samples_of_a_version_that_is_not_rejected_are_a_conflict(VersionStatus status, string? golden, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house, golden: golden);
        await house.Query(context => context.Versions.ExecuteUpdateAsync(set => set.SetProperty(version => version.Status, status), TestContext.Current.CancellationToken));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Uploads.Upload(house, golden: $"{Uploads.Golden}\n{Uploads.Golden}"));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        Assert.Contains($"Version 1 of {Uploads.Model} is this very release and {says}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((1, status, true), Shape(await Uploads.Upload(house, golden: golden)));
        Assert.Equal((1, status, true), Shape(await Uploads.Upload(house, golden: null)));
        Assert.Equal(golden is null ? 0 : 1, (await house.Send(new GetVersion(Uploads.Model, 1))).GoldenRows);
    }

    [Fact]
    public async Task Ready_version_is_not_checked_again()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        await house.Query(context => context.Versions.ExecuteUpdateAsync(set => set.SetProperty(version => version.Status, VersionStatus.Ready), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Conflict, (await Assert.ThrowsAsync<RefusedException>(() => house.Send(new RetryChecks(Uploads.Model, 1)))).Kind);
    }

    [Fact]
    public async Task Retry_asks_for_a_new_run_of_the_checks()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        var before = await house.Query(context => context.Versions.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));
        await house.Query(context => context.Versions.ExecuteUpdateAsync(set => set.SetProperty(version => version.Status, VersionStatus.Rejected), TestContext.Current.CancellationToken));
        Assert.Equal(VersionStatus.Checking, (await house.Send(new RetryChecks(Uploads.Model, 1))).Status);
        var after = await house.Query(context => context.Versions.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken));
        Assert.NotEqual(before.CheckId, after.CheckId);
    }

    private static (int Version, VersionStatus Status, bool AlreadyThere) Shape(UploadedVersion uploaded) => (uploaded.Version, uploaded.Status, uploaded.AlreadyThere);
}
