using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Tests.Node;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Checks;

/// <summary>Checks in real child processes, asked for by instruction and answered by report.</summary>
public sealed class CheckDeskTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private FakeWeb _web = null!;
    private NodeUnderTest _node = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await FakeWeb.Start();
        _node = await NodeUnderTest.Start(_web, _directory.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Good_version_passes_every_check_and_is_told_until_nobody_asks()
    {
        var report = await Check(Samples.Bytes("linear-1"), Samples.Golden(1));
        Assert.All(report.Results, result => Assert.Equal("passed", result.Outcome));
        Assert.Equal(["loads", "golden", "latency", "memory"], report.Results.Select(result => result.Name));
        Assert.Equal("own_process", report.Engine);
        Assert.Equal(new Dictionary<string, int> { ["Gemm"] = 1, ["Sigmoid"] = 1 }, report.Operators);
        Assert.InRange(Result(report, "golden").Figures["max_difference"], 0, 1e-6);
        Assert.True(Result(report, "latency").Figures["calls"] >= 500);
        Assert.Equal((20, 0), (report.Golden!.Of, report.Golden.Failed));
        Assert.InRange(Result(report, "memory").Figures["growth_megabytes"], 0, 512);
        Assert.EndsWith("MB of resident memory; the contract allows 512 MB.", Result(report, "memory").Sentence);
        _web.Instruction = NodeInstruction.Empty;
        await Eventually.True(() => _web.LastReport!.Checks.Count == 0, "no check told");
        Assert.Empty(Directory.GetDirectories(Path.Combine(_directory.Path, "checks")));
    }

    [Fact]
    public async Task Model_that_ends_the_process_when_it_is_opened_is_told_and_the_node_lives()
    {
        var report = await Check(Samples.Bytes("dies-at-load"), Samples.Golden(1));
        var loads = Result(report, "loads");
        Assert.Equal(("failed", "The process was ended by SIGFPE while opening the model."), (loads.Outcome, loads.Sentence));
        Assert.Equal("not_applicable", Result(report, "golden").Outcome);
        var reports = _web.Reports.Count;
        await Eventually.True(() => _web.Reports.Count > reports, "the node reports on");
    }

    [Fact]
    public async Task Model_that_ends_the_process_when_it_runs_is_told()
    {
        var report = await Check(Samples.Bytes("dies-at-run"), Samples.Golden(1));
        Assert.Equal("The process was ended by SIGABRT while running it for the first time.", Result(report, "loads").Sentence);
        Assert.Equal("child", report.Engine);
    }

    [Fact]
    public async Task Golden_samples_that_do_not_agree_fail_with_the_rows()
    {
        var report = await Check(Samples.Bytes("linear-1"), Samples.Golden(2));
        var golden = Result(report, "golden");
        Assert.Equal("failed", golden.Outcome);
        Assert.Contains("samples part: ", golden.Sentence);
        Assert.Equal(((int)golden.Figures["failed"], 20), (report.Golden!.Failed, report.Golden.Samples));
        Assert.Equal("score", report.Golden.Worst[0].Differences[0].Path);
        Assert.Equal("not_applicable", Result(report, "latency").Outcome);
    }

    [Fact]
    public async Task One_changed_mean_fails_the_golden_check_and_names_preprocessing()
    {
        Assert.Equal("passed", Result(await Check(Samples.Bytes("linear-1"), SkewSamples.Golden(), SkewSamples.Contract()), "golden").Outcome);

        var report = await Check(Samples.Bytes("linear-1"), SkewSamples.Golden(), SkewSamples.Contract(mean: 3.3));

        var golden = Result(report, "golden");
        Assert.Equal("failed", golden.Outcome);
        Assert.StartsWith("40 of 40 samples part, first in preprocessing: a expected ", golden.Sentence);
        Assert.Equal(("preprocessing", 20), (report.Golden!.FirstStage, report.Golden.Worst.Count));
    }

    [Fact]
    public async Task Model_that_takes_more_memory_than_the_contract_allows_is_rejected_with_both_figures()
    {
        var contract = Samples.Contract.Replace("\"format\":\"onnx\"", "\"format\":\"onnx\",\"memory_megabytes\":16", StringComparison.Ordinal);

        var memory = Result(await Check(Samples.Bytes("linear-1"), Samples.Golden(1), contract), "memory");

        Assert.Equal(16, memory.Figures["limit_megabytes"]);
        Assert.Equal(memory.Figures["growth_megabytes"] <= 16 ? "passed" : "failed", memory.Outcome);
        Assert.EndsWith("the contract allows 16 MB.", memory.Sentence);
    }

    [Fact]
    public async Task File_that_is_no_model_fails_with_a_sentence()
    {
        var report = await Check("<html>not a model</html>"u8.ToArray(), null);
        Assert.Equal("failed", Result(report, "loads").Outcome);
        Assert.Contains("artifact", Result(report, "loads").Sentence);
    }

    [Fact]
    public async Task Version_without_golden_samples_says_that_there_are_none()
    {
        var report = await Check(Samples.Bytes("linear-1"), null);
        Assert.Equal(("not_applicable", "The version came without golden samples."), (Result(report, "golden").Outcome, Result(report, "golden").Sentence));
    }

    [Fact]
    public async Task Model_that_cannot_take_the_made_up_row_loads_and_says_so()
    {
        var divide = await File.ReadAllBytesAsync(ServingHost.ModelPath("divide"), TestContext.Current.CancellationToken);
        var loads = Result(await Check(divide, null, TestContracts.Divide), "loads");
        Assert.Equal("passed", loads.Outcome);
        Assert.Contains("Its first run, on a made-up row, gave an error", loads.Sentence);
        var report = await Check(divide, """{"inputs": {"a": 12, "b": 3}, "outputs": {"y": 4}}"""u8.ToArray(), TestContracts.Divide);
        Assert.Equal(("passed", "passed"), (Result(report, "loads").Outcome, Result(report, "golden").Outcome));
        Assert.DoesNotContain("gave an error", Result(report, "loads").Sentence);
    }

    private static CheckResultReport Result(CheckReport report, string name) => Assert.Single(report.Results, result => result.Name == name);

    private async Task<CheckReport> Check(byte[] artifact, byte[]? golden, string contract = Samples.Contract)
    {
        var id = Guid.NewGuid();
        var order = new CheckOrder(id, Samples.Model, 1, _web.Keep(artifact), artifact.Length, contract, golden is null ? null : _web.Keep(golden));
        _web.Instruction = new([], [], [order]);
        await Eventually.True(() => _web.LastReport?.Checks.Any(check => check.CheckId == id) == true, "the check's result", seconds: 60);
        return _web.LastReport!.Checks.Single(check => check.CheckId == id);
    }
}
