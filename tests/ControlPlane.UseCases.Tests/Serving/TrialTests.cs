using System.Text.Json;
using ControlPlane.Domain.Access;
using ControlPlane.Domain.Registry;
using ControlPlane.NodeProtocol;
using ControlPlane.UseCases.Access;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Serving;
using ControlPlane.UseCases.Tests.House;
using ControlPlane.UseCases.Tests.Registry;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Serving;

public sealed class TrialTests
{
    private static readonly JsonElement Row = JsonSerializer.Deserialize<JsonElement>("""{"amount": 12.5, "tenure": 3, "country": "DE"}""");

    private static readonly TrialAnswer Answered = new(
        true,
        new(new(new(true), null, null, new(new Dictionary<string, JsonElement>(), "allow")), null, [], null, new Dictionary<string, double> { ["model"] = 8 }, []),
        null,
        null);

    private static GoldenReplayReport Replay(int failed) => new(
        40, 40, failed, 0.21, failed == 0 ? null : "preprocessing",
        failed == 0 ? [] : [new(3, "preprocessing", "{\"amount\": 1}", null, [new("preprocessing", "amount", "0.31", "0.52", 0.21)])]);

    [Theory]
    [OnEachDatabase]
    public async Task Row_is_tried_on_the_node_that_has_the_release_loaded(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        await Nodes.Enlist(house, "node-1");
        var second = await Nodes.Enlist(house, "node-2");
        var placement = new PlacementReport(Uploads.Model, 1, version.ReleaseDigest, PlacementState.Ready, null, "own_process", 1, null);
        await Nodes.Send(house, second, Nodes.Report() with { Placements = [placement] });
        house.Gateway.Trial = _ => Answered;

        var tried = await house.Send(new TryVersion(Uploads.Model, 1, Row, "1"));

        Assert.Equal(("node-2", true, "allow", null), (tried.Node, tried.Loaded, tried.Stages.Postprocessing!.Decision, tried.FailedStage));
        var (node, order) = Assert.Single(house.Gateway.Tried);
        Assert.Equal(("node-2", version.ReleaseDigest, version.ArtifactDigest, version.ContractJson), (node.Name, order.ReleaseDigest, order.ArtifactDigest, order.ContractJson));
        Assert.Equal((Row.GetRawText(), "1"), (order.Row!.InputsJson, order.Row.ResponseVersion));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Node_that_does_not_answer_is_passed_over_and_none_at_all_is_unavailable(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        house.Gateway.Trial = _ => Answered;
        var nobody = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new TryVersion(Uploads.Model, 1, Row)));
        Assert.Equal((RefusalKind.Unavailable, "No node reports, and a version is tried on a node. Start one and try again."), (nobody.Kind, nobody.Message));
        await Nodes.Enlist(house, "node-1");
        await Nodes.Enlist(house, "node-2");
        house.Gateway.Silent["node-1"] = "node-1 is silent.";
        Assert.Equal("node-2", (await house.Send(new TryVersion(Uploads.Model, 1, Row))).Node);
        house.Gateway.Silent["node-2"] = "node-2 is silent.";
        var silent = await Assert.ThrowsAsync<RefusedException>(() => house.Send(new TryVersion(Uploads.Model, 1, Row)));
        Assert.Equal((RefusalKind.Unavailable, "No node could try it: node-1 is silent. node-2 is silent."), (silent.Kind, silent.Message));
    }

    [Theory]
    [OnEachDatabase]
    public async Task Replay_is_kept_as_the_latest_and_changes_no_status(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house);
        var node = await Nodes.Enlist(house, "node-1");
        var check = (await Nodes.Send(house, node, Nodes.Report())).Checks.Single();
        await Nodes.Send(house, node, Nodes.Report(checks: [Nodes.Checked(check.CheckId) with { Golden = Replay(0) }]));
        Assert.Equal((40, 0, "node-1"), Of(await house.Send(new GetVersion(Uploads.Model, 1))));
        house.Gateway.Trial = order => new(false, null, order.Row is null ? Replay(12) : null, null);
        house.Clock.Advance(20);

        var report = await house.Send(new ReplayGolden(Uploads.Model, 1));

        var version = await house.Send(new GetVersion(Uploads.Model, 1));
        Assert.Equal((VersionStatus.Ready, (40, 12, "node-1")), (version.Status, Of(version)));
        Assert.Equal((GoldenStage.Preprocessing, report.At), (version.GoldenReport!.FirstStage, version.GoldenReport.At));
        Assert.Equal(new GoldenDifference(GoldenStage.Preprocessing, "amount", "0.31", "0.52", 0.21), version.GoldenReport.Worst[0].Differences[0]);
        var entry = await house.Query(context => context.AuditEntries.SingleAsync(entry => entry.Action == "golden_replayed", TestContext.Current.CancellationToken));
        Assert.Contains("\"first_stage\":\"preprocessing\"", entry.DetailJson);
    }

    [Theory]
    [OnEachDatabase]
    public async Task What_cannot_be_tried_is_refused_with_the_reason(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        await Uploads.Upload(house, golden: null);
        await Nodes.Enlist(house, "node-1");
        house.Gateway.Trial = _ => new(false, null, null, "The process was ended by SIGFPE while opening the model.");

        await Refused(RefusalKind.Conflict, "Version 1 of fraud-scoring cannot be tried on node-1: The process was ended by SIGFPE while opening the model.", new TryVersion(Uploads.Model, 1, Row));
        await Refused(RefusalKind.Conflict, "Version 1 of fraud-scoring came without golden samples.", new ReplayGolden(Uploads.Model, 1));
        await Refused(RefusalKind.NotFound, "There is no version 2 of the model fraud-scoring.", new TryVersion(Uploads.Model, 2, Row));
        await Refused(RefusalKind.Invalid, "inputs: must be an object of inputs by name", new TryVersion(Uploads.Model, 1, JsonSerializer.Deserialize<JsonElement>("[1]")));
        house.Caller.Caller = new(CallerKind.ApiKey, "dashboard", [Role.Analyst], "10.0.0.7");
        await Refused(RefusalKind.Forbidden, "You lack the permission edit_registry.", new TryVersion(Uploads.Model, 1, Row));

        async Task Refused<T>(RefusalKind kind, string sentence, MediatR.IRequest<T> request)
        {
            var refusal = await Assert.ThrowsAsync<RefusedException>(() => house.Send(request));
            Assert.Equal((kind, sentence), (refusal.Kind, refusal.Message));
        }
    }

    private static (int Samples, int Failed, string Node) Of(VersionView version) => (version.GoldenReport!.Samples, version.GoldenReport.Failed, version.GoldenReport.Node);
}
