using System.Text.Json;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

public sealed class PredictTests
{
    private const string Path = "/v1/models/fraud:predict";

    [Fact]
    public async Task Predict_rows_answers_scores_decisions_and_version()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 7, TestContracts.Scorer, "scorer"));

        var response = await host.Post(Path, """
            {"id": "r-1", "instances": [{"amount": 250, "country": "DE"}, {"country": "US", "amount": 20000.0, "tenure": null}], "routing_key": "u-17"}
            """);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("7", response.Headers.GetValues("X-Model-Version").Single());
        Assert.Equal("champion", response.Headers.GetValues("X-Model-Role").Single());
        Assert.Equal(("r-1", "fraud", "7", "1.0"), (Text(body, "id"), Text(body, "model_name"), Text(body, "model_version"), Text(body, "response_version")));
        var predictions = body.GetProperty("predictions").EnumerateArray().ToList();
        Assert.Equal(1 / (1 + Math.Exp(-2 * (0.25 - 0.24 + 0.3 - 0.4))), predictions[0].GetProperty("score").GetDouble(), 1e-6);
        Assert.Equal(["allow", "block"], predictions.Select(prediction => Text(prediction, "decision")));
        Assert.EndsWith("-1", Text(predictions[1], "prediction_id"), StringComparison.Ordinal);
        var recorded = Assert.Single(host.Sink.Requests);
        Assert.Equal(("fraud", 7, TrafficRole.Champion, 2, null), (recorded.Model, recorded.Version, recorded.Role, recorded.Rows, recorded.Error));
        Assert.Equal((2, 2, 0.0, 1.0), (recorded.Scores.Length, recorded.Decisions.Length, recorded.Low, recorded.High));
    }

    [Theory]
    [InlineData("{\"instances\": [{\"amount\": 200000, \"country\": \"DE\"}]}", "instances[0].amount: must be at most 100000 (is 200000)")]
    [InlineData("{\"instances\": [{\"amount\": \"12\", \"country\": \"DE\"}]}", "instances[0].amount: must be a number (is \"12\")")]
    [InlineData("{\"instances\": [{\"amount\": [1], \"country\": \"DE\"}]}", "instances[0].amount: must be a number (is a list)")]
    [InlineData("{\"instances\": [{\"amount\": 1, \"country\": \"XX\"}]}", "instances[0].country: XX is not one of DE, FR, US")]
    [InlineData("{\"instances\": [{\"amount\": 1, \"country\": 3}]}", "instances[0].country: must be text (is 3)")]
    [InlineData("{\"instances\": [{\"country\": \"DE\"}]}", "instances[0].amount: is missing")]
    [InlineData("{\"instances\": [{\"amount\": null, \"country\": \"DE\"}]}", "instances[0].amount: is missing")]
    [InlineData("{\"instances\": [{\"amount\": 1, \"country\": \"DE\", \"colour\": {\"a\": 1}}]}", "instances[0].colour: is not an input of the contract")]
    [InlineData("{\"instances\": [{\"amount\": 1, \"amount\": 2, \"country\": \"DE\"}]}", "instances[0].amount: is given twice")]
    [InlineData("{\"instances\": [{\"amount\": 1e999, \"country\": \"DE\"}]}", "instances[0].amount: must be a finite number")]
    [InlineData("{\"instances\": [{\"amount\": NaN, \"country\": \"DE\"}]}", "the body is not JSON (line 1, byte 27)")]
    [InlineData("{\"instances\": [7]}", "instances[0]: must be an object (is 7)")]
    [InlineData("{\"instances\": []}", "instances: must hold at least one row")]
    [InlineData("{\"instances\": {}}", "instances: must be a list of objects (is an object)")]
    [InlineData("{\"rows\": []}", "rows: is not known; known are instances, routing_key, id")]
    [InlineData("{\"routing_key\": 5, \"instances\": []}", "routing_key: must be text (is 5)")]
    [InlineData("{}", "instances: is missing")]
    [InlineData("", "the body is not JSON (line 1, byte 1)")]
    [InlineData("{\"instances\": [{\"amount\": 1, \"country\": \"DE\"}]} x", "the body is not JSON")]
    [InlineData("{\"instances\": [{\"amount\": 1, \"country\": \"\\ud800\"}]}", "the body holds text that is not valid Unicode")]
    public async Task Predict_bad_payload_is_refused_by_name_and_counted(string json, string sentence)
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer"));

        var (status, body) = await host.PostJson(Path, json);

        Assert.Equal(400, status);
        Assert.Contains(sentence, Text(body, "error"), StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Payload, Assert.Single(host.Sink.Requests).Error);
    }

    [Fact]
    public async Task Predict_all_problems_of_all_rows_come_at_once()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer"));

        var (_, body) = await host.PostJson(Path, """{"instances": [{"amount": -1, "country": "DE"}, {"amount": 1}, {"amount": 1, "country": "FR"}, {"x": 1}]}""");

        Assert.Equal(
            "instances[0].amount: must be at least 0 (is -1); instances[1].country: is missing; instances[3].x: is not an input of the contract; "
            + "instances[3].amount: is missing; instances[3].country: is missing",
            Text(body, "error"));
    }

    [Fact]
    public async Task Predict_assembles_and_imputes_and_splits_large_requests()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.Dense.Replace("\"outputs\"", "\"runtime\": {\"max_batch\": 3}, \"outputs\"", StringComparison.Ordinal), "dense"));
        var rows = Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? $$"""{"a": {{i}}, "b": {{i}}, "c": true}""" : $$"""{"c": false, "a": {{i}}}""");

        var (status, body) = await host.PostJson(Path, $$"""{"instances": [{{string.Join(',', rows)}}]}""");

        Assert.Equal(200, status);
        var answered = body.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("y").GetDouble()).ToList();
        for (var i = 0; i < 10; i++)
        {
            var z = 0.5 * i - 0.25 * (i % 2 == 0 ? i : 7) + (i % 2 == 0 ? 1 : 0) + 0.1;
            Assert.Equal(1 / (1 + Math.Exp(-z)), answered[i], 1e-6);
        }
    }

    [Theory]
    [InlineData("{\"instances\": [{\"x\": [1, 2, 3]}, {\"x\": [0, null, 0]}]}", 500, "not finite")]
    [InlineData("{\"instances\": [{\"x\": [1, 2]}]}", 400, "instances[0].x: has the shape [2] per row, but the contract says [-1, 3]")]
    [InlineData("{\"instances\": [{\"x\": [[1, 2], [3]]}]}", 400, "instances[0].x: must be a regular list")]
    [InlineData("{\"instances\": [{\"x\": [1, \"a\", 3]}]}", 400, "instances.x[1]: must be FP32 (is \"a\")")]
    [InlineData("{\"instances\": [{\"x\": 5}]}", 400, "instances[0].x: has the shape [] per row")]
    public async Task Predict_raw_tensor_that_does_not_fit_is_refused(string json, int status, string sentence)
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.DenseRaw, "dense"));

        var answer = await host.PostJson(Path, json);

        Assert.Equal(status, answer.Status);
        Assert.Contains(sentence, Text(answer.Body, "error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_raw_tensor_answers_its_slices()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.DenseRaw, "dense"));

        var (status, body) = await host.PostJson(Path, """{"instances": [{"x": [1, 2, 3]}, {"x": [0, 0, 0]}]}""");

        Assert.Equal(200, status);
        Assert.Equal(1 / (1 + Math.Exp(-0.1)), body.GetProperty("predictions")[1].GetProperty("y")[0].GetDouble(), 1e-6);
    }

    [Theory]
    [InlineData("{\"instances\": [{\"x\": 1}, {\"x\": -1}]}", ErrorKind.NotFinite, "y: the model answered a number that is not finite")]
    [InlineData("{\"instances\": [{\"x\": 100}]}", ErrorKind.OutOfRange, "y: the model answered 4.6")]
    public async Task Predict_wrong_answer_of_the_model_is_counted_and_never_sent(string json, ErrorKind kind, string sentence)
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.Log, "log"));

        var (status, body) = await host.PostJson(Path, json);

        Assert.Equal(500, status);
        Assert.StartsWith(sentence, Text(body, "error"), StringComparison.Ordinal);
        Assert.Equal(kind, Assert.Single(host.Sink.Requests).Error);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
