using System.Globalization;
using System.Text;
using ControlPlane.Domain.Registry;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Node;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>Golden samples through real models: what parts from training, and at which stage first.</summary>
public sealed class GoldenReplayTests
{
    /// <summary>The dense model: y = σ(0.5 a - 0.25 b + c + 0.1).</summary>
    private static string Dense(double a, double b, bool c, string? stages = null, double error = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"inputs": {"a": {{a}}, "c": {{(c ? "true" : "false")}}}, "outputs": {"y": {{DenseScore(a, b, c) + error:R}}}{{(stages is null ? "" : $", \"stages\": {stages}")}}}""");

    private static double DenseScore(double a, double b, bool c) => 1 / (1 + Math.Exp(-(0.5 * a - 0.25 * b + (c ? 1 : 0) + 0.1)));

    [Fact]
    public async Task Replay_every_sample_comes_back()
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer");
        var lines = await File.ReadAllBytesAsync(ServingHost.ModelPath("scorer").Replace(".onnx", ".golden.jsonl", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var replay = await version.ReplayGolden(GoldenLines.Of(version, lines), () => true, TestContext.Current.CancellationToken);

        Assert.Equal((36, 36, 0), (replay.Samples, replay.Of, replay.Failed));
        Assert.Empty(replay.Worst);
        Assert.Equal([GoldenStage.Postprocessing], replay.Stages);
        Assert.Equal((5, replay.MaxDifference), (replay.Furthest.Count, replay.Furthest[0].Differences[0].Difference));
        Assert.DoesNotContain("E-", replay.Sentence(), StringComparison.Ordinal);
        Assert.Null(replay.FirstStage);
        Assert.InRange(replay.MaxDifference, 1e-12, 1e-6);
        Assert.StartsWith("36 samples come back; the largest difference is ", replay.Sentence(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_of_another_model_names_rows_values_and_the_payload_stage()
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer_b");

        var replay = await GoldenLines.Replay(
            version,
            """{"inputs": {"amount": 0, "country": "DE"}, "outputs": {"score": 0.3362613025956473, "decision": "allow"}}""",
            """{"inputs": {"amount": -5, "country": "DE"}, "outputs": {"score": 0.3, "decision": "allow"}}""");

        Assert.Equal((2, GoldenStage.Payload), (replay.Failed, replay.FirstStage));
        var (refused, wrong) = (replay.Worst[0], replay.Worst[1]);
        Assert.Equal((2, GoldenStage.Payload, "instances[0].amount: must be at least 0 (is -5)"), (refused.Line, refused.Stage, refused.Error));
        Assert.Equal((1, null, "score"), (wrong.Line, wrong.Stage, wrong.Differences[0].Path));
        Assert.Equal("2 of 2 samples part, first in payload: instances[0].amount: must be at least 0 (is -5) (line 2)", replay.Sentence());
    }

    [Fact]
    public async Task Replay_other_fill_value_parts_in_preprocessing()
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Dense.Replace("7", "8", StringComparison.Ordinal), "dense");
        const string stages = """{"preprocessing": {"b": 7, "x": [1, 7, 1]}}""";

        var replay = await GoldenLines.Replay(version, Dense(1, 7, true, stages), Dense(1, 8, true));

        Assert.Equal((1, GoldenStage.Preprocessing), (replay.Failed, replay.FirstStage));
        Assert.Equal([GoldenStage.Preprocessing, GoldenStage.Postprocessing], replay.Stages);
        Assert.Equal(["b", "x[1]", "y"], replay.Worst[0].Differences.Select(value => value.Path));
        Assert.Equal(("7", "8", 1.0), (replay.Worst[0].Differences[0].ExpectedJson, replay.Worst[0].Differences[0].GotJson, replay.Worst[0].Differences[0].Difference));
        Assert.Equal("1 of 2 samples parts, first in preprocessing: b expected 7, got 8 (line 1)", replay.Sentence());
    }

    [Theory]
    [InlineData("""{"model": {"y": 0.25}}""", GoldenStage.Model, "y")]
    [InlineData("""{"preprocessing": {"a": 2}, "model": {"y": 0.25}}""", GoldenStage.Preprocessing, "a")]
    [InlineData("""{"preprocessing": {"x": [1, 7]}}""", GoldenStage.Preprocessing, "x")]
    [InlineData("""{"preprocessing": {"x": [1, null, 1]}}""", GoldenStage.Preprocessing, "x[1]")]
    public async Task Replay_first_expectation_that_is_not_met_gives_the_stage(string stages, GoldenStage stage, string path)
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Dense, "dense");

        var replay = await GoldenLines.Replay(version, Dense(1, 7, true, stages));

        Assert.Equal((stage, path), (replay.FirstStage!.Value, replay.Worst[0].Differences[0].Path));
    }

    [Fact]
    public async Task Replay_wrong_output_of_a_right_tensor_is_postprocessing_and_of_an_unknown_one_no_stage()
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Dense, "dense");
        var tensor = string.Create(CultureInfo.InvariantCulture, $$$"""{"model": {"y": {{{DenseScore(1, 7, true):R}}}}}""");

        var proven = await GoldenLines.Replay(version, Dense(1, 7, true, tensor, error: 0.1));
        var open = await GoldenLines.Replay(version, Dense(1, 7, true, error: 0.1));

        Assert.Equal((GoldenStage.Postprocessing, GoldenStage.Postprocessing), (proven.FirstStage, proven.Worst[0].Stage));
        Assert.Equal((1, null, null), (open.Failed, open.FirstStage, open.Worst[0].Stage));
        Assert.InRange(open.MaxDifference, 0.0999, 0.1001);
    }

    [Theory]
    [InlineData("log", 100.0, GoldenStage.Postprocessing, "outside the contract's range")]
    [InlineData("divide", 0.0, GoldenStage.Model, "division by zero")]
    public async Task Replay_error_on_the_way_gives_its_stage(string model, double value, GoldenStage stage, string error)
    {
        await using var version = await ServingHost.Load("m", 1, model == "log" ? TestContracts.Log : TestContracts.Divide, model);
        var inputs = model == "log" ? $$"""{"x": {{value}}}""" : $$"""{"a": 12, "b": {{value}}}""";

        var replay = await GoldenLines.Replay(version, $$$"""{"inputs": {{{inputs}}}, "outputs": {"y": 1}}""");

        Assert.Equal(stage, replay.FirstStage);
        Assert.Contains(error, replay.Worst[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_many_samples_go_in_batches_and_the_one_wrong_row_is_found()
    {
        using var folder = new TemporaryDirectory();
        var path = Path.Combine(folder.Path, "golden.jsonl");
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Dense, "dense");
        var lines = Enumerable.Range(0, 5000).Select(i => i switch
        {
            4000 => Dense(i % 17, 7, true, error: 0.2),
            4001 => """{"inputs": {"a": "text", "c": true}, "outputs": {"y": 1}}""",
            _ => Dense(i % 17, 7, i % 2 == 0),
        });
        await File.WriteAllTextAsync(path, $"\n{string.Join('\n', lines)}", Encoding.UTF8, TestContext.Current.CancellationToken);

        var replay = await version.ReplayGolden(new GoldenFile(path, version.Contract), () => true, TestContext.Current.CancellationToken);

        Assert.Equal((5000, 5000, 2), (replay.Samples, replay.Of, replay.Failed));
        Assert.Equal([(4003, GoldenStage.Payload), (4002, null)], replay.Worst.Select(row => (row.Line, row.Stage)));
    }

    [Fact]
    public async Task Replay_out_of_time_says_how_many_it_came_through()
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Dense, "dense");
        var asked = 0;

        var replay = await version.ReplayGolden(GoldenLines.Of(version, [.. Enumerable.Repeat(Dense(1, 7, true), 10)]), () => ++asked <= 3, TestContext.Current.CancellationToken);

        Assert.Equal((3, 10, false), (replay.Samples, replay.Of, replay.IsWhole));
    }

    [Fact]
    public async Task Replay_keeps_the_twenty_worst_rows_the_largest_difference_first()
    {
        await using var version = await ServingHost.Load("fraud", 1, TestContracts.Dense, "dense");

        var replay = await GoldenLines.Replay(version, [.. Enumerable.Range(1, 50).Select(i => Dense(1, 7, true, error: i / 100.0))]);

        Assert.Equal(50, replay.Failed);
        Assert.Equal(Enumerable.Range(31, 20).Reverse(), replay.Worst.Select(row => row.Line));
    }

    [Theory]
    [InlineData("linear-1", 3.2, 0.9, null, null)]
    [InlineData("linear-1", 3.3, 0.9, GoldenStage.Preprocessing, "features[0]")]
    [InlineData("linear-2", 3.2, 0.9, GoldenStage.Model, "score")]
    [InlineData("linear-1", 3.2, 0.8, GoldenStage.Postprocessing, "score")]
    public async Task Replay_names_the_part_of_the_release_that_is_not_that_of_training(string artifact, double mean, double top, GoldenStage? stage, string? path)
    {
        var source = new VersionSource("skew", 1, SkewSamples.Contract(mean, top), Samples.PathOf(artifact));
        await using var version = await LoadedVersion.Load(source, EnginePlace.OwnProcess, EngineSettings.Default(Path.GetTempPath()), TestContext.Current.CancellationToken);

        var replay = await version.ReplayGolden(GoldenLines.Of(version, SkewSamples.Golden()), () => true, TestContext.Current.CancellationToken);

        Assert.Equal(stage, replay.FirstStage);
        // The two models agree on one of the rows.
        Assert.Equal(stage is null ? 0 : artifact == "linear-2" ? 39 : 40, replay.Failed);
        if (path is not null) Assert.Contains(replay.Worst[0].Differences, value => value.Stage == stage && value.Path == path);
    }
}
