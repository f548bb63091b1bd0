using System.Text;
using ControlPlane.Domain.Registry;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Serving;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry;

public sealed class BaselineTests
{
    [Theory]
    [OnEachDatabase]
    public async Task Reference_is_kept_as_bins_and_passes_the_check(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await References.Upload(house, References.Rows(200));
        var baseline = await house.Send(new GetBaseline(Uploads.Model, 1));
        Assert.Equal((BaselineSource.Reference, 200), (baseline.Source, baseline.Rows));
        Assert.Equal(["amount", "tenure", "country"], baseline.Features.Select(feature => feature.Name));
        Assert.Equal([0, .. Enumerable.Repeat(20L, 10), 0], baseline.Features[0].Counts);
        Assert.Equal([0, 0.5, 1.5, 2.5, 3], baseline.Features[1].Edges);
        Assert.Equal(["DE", "FR", "US"], baseline.Features[2].Values);
        Assert.Equal([133, 67, 0, 0], baseline.Features[2].Counts);
        Assert.Equal(200, baseline.Score!.Counts.Sum());
        var summary = (await house.Send(new GetVersion(Uploads.Model, 1))).Baseline!;
        Assert.Equal((BaselineSource.Reference, 200, 3, true), (summary.Source, summary.Rows, summary.Features, summary.HasScore));
        var check = await Checked(house, VersionStatus.Ready);
        Assert.Equal((CheckOutcome.Passed, "Bins for 3 inputs and the score from 200 rows of reference data."), (check.Outcome, check.Sentence));
        Assert.Equal(200, check.Figures["rows"]);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Reference_without_a_monitored_column_rejects_the_version_until_another_comes(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await References.Upload(house, References.Rows(50, "amount,something,country,score"));
        var check = await Checked(house, VersionStatus.Rejected);
        Assert.Equal(CheckOutcome.Failed, check.Outcome);
        Assert.Contains("1 of 3 monitored columns: tenure is no column of the reference. Columns that the baseline does not need were passed over: something.", check.Sentence, StringComparison.Ordinal);
        var again = await References.Upload(house, References.Rows(50));
        Assert.Equal((1, VersionStatus.Checking, true), (again.Version, again.Status, again.AlreadyThere));
        Assert.Empty((await house.Send(new GetBaseline(Uploads.Model, 1))).Gaps!);
        Assert.Contains("version_baseline_replaced", await house.Query(context => context.AuditEntries.Select(entry => entry.Action).ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Byte_order_mark_quotes_and_empty_cells_are_read()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"\"{i}\",{(i % 3 == 0 ? "" : "1")},\"DE\"\n"));
        await References.Upload(house, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"\"amount\",tenure,country\n{rows}")]);
        var baseline = await house.Send(new GetBaseline(Uploads.Model, 1));
        Assert.Equal((0, 10), (baseline.Features[0].Missing, baseline.Features[1].Missing));
        Assert.Equal([0, 20, 0], baseline.Features[1].Counts);
        Assert.Contains("no column score", Assert.Single(baseline.Remarks!), StringComparison.Ordinal);
        Assert.Equal(CheckOutcome.Passed, (await Checked(house, VersionStatus.Ready)).Outcome);
    }

    [Fact]
    public async Task Values_outside_the_contract_are_told_and_fail_nothing()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await References.Upload(house, References.Rows(50).Replace(",FR,", ",XX,", StringComparison.Ordinal));
        var check = await Checked(house, VersionStatus.Ready);
        Assert.Contains("country: 17 of 50 values are outside what the contract allows.", check.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [OnEachDatabase]
    public async Task Golden_samples_give_the_bins_when_no_reference_comes(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var golden = string.Join('\n', Enumerable.Range(0, 25).Select(i => $$"""{"inputs": {"amount": {{i}}, "tenure": 3, "country": "DE"}, "outputs": {"score": 0.5} }"""));
        await Uploads.Upload(house, golden: golden);
        Assert.Equal((BaselineSource.Golden, 25), await Summary(house));
        await Assert.ThrowsAsync<RefusedException>(() => References.Upload(house, References.Rows(50)));
        Assert.Equal(CheckOutcome.Passed, (await Checked(house, VersionStatus.Ready)).Outcome);
    }

    [Fact]
    public async Task Few_golden_samples_and_none_do_not_apply()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await Uploads.Upload(house);
        Assert.Contains("1 golden sample is too few for bins: at least 20 are needed", (await Checked(house, VersionStatus.Ready)).Sentence, StringComparison.Ordinal);
        await Uploads.Upload(house, 0.8, golden: null);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new GetBaseline(Uploads.Model, 2)));
        Assert.Equal(RefusalKind.NotFound, refusal.Kind);
    }

    [Fact]
    public async Task New_golden_samples_do_not_take_the_place_of_reference_data()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        await References.Upload(house, References.Rows(10), Uploads.Golden);
        await Checked(house, VersionStatus.Rejected);
        await Uploads.Upload(house, golden: $"{Uploads.Golden}\n{Uploads.Golden}");
        Assert.Equal((BaselineSource.Reference, 10), await Summary(house));
    }

    private static async Task<(BaselineSource Source, long Rows)> Summary(TestHouse house)
    {
        var summary = (await house.Send(new GetVersion(Uploads.Model, 1))).Baseline!;
        return (summary.Source, summary.Rows);
    }

    /// <summary>Lets a node say that its own checks passed, and gives the Baseline check.</summary>
    private static async Task<CheckResult> Checked(TestHouse house, VersionStatus status)
    {
        var node = await Nodes.Enlist(house, "node-1");
        var order = (await Nodes.Send(house, node, Nodes.Report())).Checks.Single();
        await Nodes.Send(house, node, Nodes.Report(checks: [Nodes.Checked(order.CheckId)]));
        var version = await house.Send(new GetVersion(Uploads.Model, order.Version));
        Assert.Equal(status, version.Status);
        return Assert.Single(version.Checks, check => check.Name == CheckName.Baseline);
    }
}
