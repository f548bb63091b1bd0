using System.Net;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Tests.Node;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Placements;

public sealed class PlacementTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;
    private NodeUnderTest _node = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await FakeWeb.Start();
        foreach (var name in new[] { "linear-1", "linear-2" }) _web.Keep(Samples.Bytes(name));
        _node = await NodeUnderTest.Start(_web, _directory.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Placement_is_verified_and_takes_traffic_with_the_split()
    {
        _web.Instruction = new([Samples.Placement(1, _web.Keep(Samples.Golden(1)))], [Samples.Split(1, champion: 1)], []);
        await Eventually.True(() => _web.LastReport?.Generations.GetValueOrDefault(Samples.Model) == 1, "generation 1");
        var placement = Assert.Single(_web.LastReport!.Placements);
        Assert.Equal((PlacementState.Ready, "own_process"), (placement.State, placement.Engine));
        Assert.InRange(placement.GoldenMaxDifference!.Value, 0, 1e-6);
        var answer = await _node.Predict(1, 2);
        Assert.Equal((HttpStatusCode.OK, "1"), (answer.Status, answer.Version));
        Assert.Equal(Samples.Score(1, 1, 2), answer.Score, 1e-6);
    }

    [Fact]
    public async Task Wrong_digest_fails_with_the_reason_and_is_tried_again()
    {
        var order = Samples.Placement(1);
        _web.Artifacts[order.ArtifactDigest] = [1, 2, 3];
        _web.Instruction = new([order], [Samples.Split(1, champion: 1)], []);
        await Eventually.True(() => Failed(1) is not null, "a failure");
        Assert.Contains("the bytes that came have the digest", Failed(1)!.Reason);
        _web.Keep(Samples.Bytes("linear-1"));
        await Eventually.True(() => _web.LastReport!.Generations.ContainsKey(Samples.Model), "the placement");
    }

    [Fact]
    public async Task Golden_samples_that_do_not_agree_leave_everything_as_it_was()
    {
        var first = new NodeInstruction([Samples.Placement(1)], [Samples.Split(1, champion: 1)], []);
        _web.Instruction = first;
        await Eventually.True(() => _web.LastReport?.Generations.GetValueOrDefault(Samples.Model) == 1, "generation 1");
        var wrong = new NodeInstruction([Samples.Placement(1), Samples.Placement(2, _web.Keep(Samples.Golden(2, error: 0.01)))], [Samples.Split(2, champion: 2)], []);
        _web.Instruction = wrong;
        await Eventually.True(() => Failed(2) is not null, "a failure");
        Assert.Contains("Golden samples: 20 of 20 samples part: score expected ", Failed(2)!.Reason);
        var acknowledgement = await _web.Push(_node.Address, wrong);
        Assert.Equal(1, acknowledgement.Generations[Samples.Model]);
        Assert.Contains("waits for version 2", acknowledgement.Refused[Samples.Model]);
        Assert.Equal("1", (await _node.Predict(1, 2)).Version);
    }

    [Fact]
    public async Task Pushed_roll_back_is_in_force_when_it_is_acknowledged()
    {
        var both = new NodeInstruction([Samples.Placement(1), Samples.Placement(2)], [Samples.Split(5, champion: 2)], []);
        _web.Instruction = both;
        await Eventually.True(() => _web.LastReport?.Generations.GetValueOrDefault(Samples.Model) == 5, "generation 5");
        Assert.Equal("2", (await _node.Predict(1, 2)).Version);
        var acknowledgement = await _web.Push(_node.Address, both with { Splits = [Samples.Split(6, champion: 1)] });
        Assert.Equal(6, acknowledgement.Generations[Samples.Model]);
        Assert.Equal("1", (await _node.Predict(1, 2)).Version);
        var late = await _web.Push(_node.Address, both);
        Assert.Equal(6, late.Generations[Samples.Model]);
        Assert.Equal("1", (await _node.Predict(1, 2)).Version);
    }

    [Fact]
    public async Task Requests_during_changes_of_the_split_are_all_answered_and_all_counted()
    {
        var both = new NodeInstruction([Samples.Placement(1), Samples.Placement(2)], [Samples.Split(1, champion: 1)], []);
        _web.Instruction = both;
        await Eventually.True(() => _web.LastReport?.Generations.GetValueOrDefault(Samples.Model) == 1, "generation 1");
        var sending = Send(300);
        for (var generation = 2; !sending.IsCompleted; generation++)
        {
            both = both with { Splits = [Samples.Split(generation, champion: 1 + generation % 2, new ShareOrder(2 - generation % 2, 3000))] };
            await _web.Push(_node.Address, both);
        }

        await sending;
        await Eventually.True(() => Counted() == 300, "300 requests counted");
        Assert.Equal(2, _web.Reports.SelectMany(report => report.Windows).Select(window => window.Version).Distinct().Count());
    }

    [Fact]
    public async Task Version_that_cannot_take_the_made_up_row_is_placed()
    {
        var divide = await File.ReadAllBytesAsync(ServingHost.ModelPath("divide"), TestContext.Current.CancellationToken);
        _web.Instruction = new([Samples.Placement(1) with { ArtifactDigest = _web.Keep(divide), ArtifactBytes = divide.Length, ContractJson = TestContracts.Divide }], [], []);
        await Eventually.True(() => _web.LastReport?.Placements is [{ State: PlacementState.Ready or PlacementState.Failed }], "an end");
        Assert.Equal((PlacementState.Ready, null), (_web.LastReport!.Placements[0].State, _web.LastReport.Placements[0].Reason));
    }

    private async Task Send(int requests)
    {
        for (var i = 0; i < requests; i++) Assert.Equal(HttpStatusCode.OK, (await _node.Predict(i % 50, 1, $"u{i}")).Status);
    }

    private long Counted() => _web.Reports
        .SelectMany(report => report.Windows)
        .GroupBy(window => (window.Version, window.Role, window.Start))
        .Sum(windows => windows.Max(window => window.Requests));

    private PlacementReport? Failed(int version) =>
        _web.LastReport?.Placements.FirstOrDefault(placement => placement.Version == version && placement.State == PlacementState.Failed);
}
