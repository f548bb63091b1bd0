using System.Net;
using System.Text;
using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

public sealed class EndpointTests
{
    private const string Row = """{"amount": 250, "country": "DE"}""";

    [Theory]
    [InlineData("GET", "/v1/models/fraud:predict", 405, "GET is not for this address; use POST")]
    [InlineData("DELETE", "/v2/models/fraud", 405, "DELETE is not for this address; use GET")]
    [InlineData("POST", "/v1/models/other:predict", 404, "model other is not known here")]
    [InlineData("POST", "/v2/models/fraud/versions/9/infer", 404, "version 9 of model fraud is not loaded here")]
    [InlineData("POST", "/v2/models/fraud/versions/x/infer", 404, "version x of model fraud is not loaded here")]
    [InlineData("GET", "/v2/models/other", 404, "model other is not known here")]
    [InlineData("GET", "/v2/nothing", 404, "/v2/nothing is not an address of this protocol")]
    public async Task Request_that_reaches_no_version_says_why(string method, string path, int status, string sentence)
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer"));
        var content = method == "POST" ? new StringContent($$"""{"{{(path.StartsWith("/v1", StringComparison.Ordinal) ? "instances" : "inputs")}}": []}""") : null;

        using var response = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = content }, TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($$"""{"error":"{{sentence}}"}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Oversized_body_is_refused(bool chunked)
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer"));
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/models/fraud:predict") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024 + 1))) };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("the body is larger than 1048576 bytes", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(200, (await host.PostJson("/v1/models/fraud:predict", $$"""{"instances": [{{Row}}]}""")).Status);
    }

    [Fact]
    public async Task Health_and_metadata_answer_as_the_protocol_says()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("fraud", 2, TestContracts.Scorer, "scorer"));

        Assert.Contains("binary_tensor_data", (await host.GetJson("/v2")).Body.GetProperty("extensions").GetRawText(), StringComparison.Ordinal);
        Assert.True((await host.GetJson("/v2/health/live")).Body.GetProperty("live").GetBoolean());
        Assert.Equal(200, (await host.GetJson("/v2/health/ready")).Status);
        Assert.Equal("""{"name":"fraud","ready":true}""", (await host.GetJson("/v2/models/fraud/versions/2/ready")).Body.GetRawText());
        Assert.Equal(
            """{"name":"fraud","versions":["2"],"platform":"onnx_onnxv1","inputs":[{"name":"amount","datatype":"FP64","shape":[-1,1]},{"name":"tenure","datatype":"FP64","shape":[-1,1]},{"name":"country","datatype":"BYTES","shape":[-1,1]}],"outputs":[{"name":"score","datatype":"FP32","shape":[-1]},{"name":"decision","datatype":"BYTES","shape":[-1]}]}""",
            (await host.GetJson("/v2/models/fraud")).Body.GetRawText());
        host.Tables.Swap(host.Tables.Current with { Ready = false });
        Assert.Equal(503, (await host.GetJson("/v2/health/ready")).Status);
    }

    [Fact]
    public async Task Split_gives_each_version_its_share_and_keeps_a_unit_where_it_is()
    {
        var champion = await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer");
        var challenger = await ServingHost.Load("fraud", 2, TestContracts.Scorer, "scorer_b");
        await using var host = await ServingHost.Start();
        host.Serve([new("fraud", 5, 1, [new(2, 2500)], [], "rollout-1")], champion, challenger);

        var first = new Dictionary<int, string>();
        for (var unit = 0; unit < 400; unit++) first[unit] = await VersionOf(host, unit);

        Assert.InRange(first.Values.Count(version => version == "2"), 65, 135);
        for (var unit = 0; unit < 400; unit += 20) Assert.Equal(first[unit], await VersionOf(host, unit));
        foreach (var recorded in host.Sink.Requests) Assert.Equal(recorded.Version == 2 ? TrafficRole.Challenger : TrafficRole.Champion, recorded.Role);
        host.Serve([new("fraud", 6, 1, [new(2, 5000)], [], "rollout-1")], champion, challenger);
        foreach (var (unit, version) in first.Where(pair => pair.Value == "2").Take(20)) Assert.Equal(version, await VersionOf(host, unit));
    }

    [Fact]
    public async Task Mirror_gets_a_copy_and_is_compared()
    {
        var champion = await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer");
        await using var host = await ServingHost.Start();
        host.Serve([new("fraud", 5, 1, [], [new(2, 10_000)], "s")], champion, await ServingHost.Load("fraud", 2, TestContracts.Scorer, "scorer_b"));

        Assert.Equal(200, (await host.PostJson("/v1/models/fraud:predict", $$"""{"instances": [{{Row}}, {"amount": 9, "tenure": 1, "country": "US"}]}""")).Status);
        while (host.Mirrors.Copies.IsEmpty) await Task.Delay(5, TestContext.Current.CancellationToken);
        await MirrorRun.Execute(host.Tables.Current, Assert.Single(host.Mirrors.Copies), host.Sink, TestContext.Current.CancellationToken);

        var (sent, mirrored) = (host.Sink.Requests.First(), host.Sink.Requests.Last());
        Assert.Equal((TrafficRole.Mirror, 2, 2), (mirrored.Role, mirrored.Version, mirrored.Rows));
        Assert.Equal(mirrored.Scores.Zip(sent.Scores).Sum(pair => pair.First - pair.Second), mirrored.Mirror!.SumDifference, 1e-12);
        Assert.Equal(new MirrorComparison(2, mirrored.Decisions.Zip(sent.Decisions).Count(pair => pair.First != pair.Second), mirrored.Mirror.SumDifference, mirrored.Mirror.SumAbsoluteDifference), mirrored.Mirror);
        Assert.NotEqual(0, mirrored.Mirror.SumAbsoluteDifference);
    }

    [Fact]
    public async Task Over_time_is_504_and_stops_the_run()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("slow", 1, TestContracts.Endless(150), "endless"));
        var started = TimeProvider.System.GetTimestamp();

        var (status, body) = await host.PostJson("/v1/models/slow:predict", """{"instances": [{"rounds": 1000000000}]}""");

        Assert.Equal((504, "not answered within 150 ms"), (status, body.GetProperty("error").GetString()));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        Assert.Equal(ErrorKind.Timeout, Assert.Single(host.Sink.Requests).Error);
    }

    [Fact]
    public async Task Full_queue_is_503_with_retry_after_and_others_keep_answering()
    {
        var slow = await ServingHost.Load("slow", 1, TestContracts.Endless(3000), "endless", settings: new EngineSettings("unused", 1, 1));
        await using var host = await ServingHost.Start(slow, await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer"));

        var answers = Enumerable.Range(0, 4).Select(_ => host.Post("/v1/models/slow:predict", """{"instances": [{"rounds": 1000000000}]}""")).ToList();
        var refused = await await Task.WhenAny(answers);
        var other = await host.PostJson("/v1/models/fraud:predict", $$"""{"instances": [{{Row}}]}""");
        var statuses = (await Task.WhenAll(answers)).Select(answer => (int)answer.StatusCode).Order().ToList();

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(200, other.Status);
        Assert.Equal([503, 503, 504, 504], statuses);
    }

    [Fact]
    public async Task Dispose_waits_for_requests_in_flight()
    {
        var slow = await ServingHost.Load("slow", 1, TestContracts.Endless(1500), "endless");
        await using var host = await ServingHost.Start(slow);
        var request = host.Post("/v1/models/slow:predict", """{"instances": [{"rounds": 1000000000}]}""");
        await Task.Delay(300, TestContext.Current.CancellationToken);

        var closing = slow.DisposeAsync().AsTask();

        Assert.False(closing.IsCompleted);
        Assert.Equal(504, (int)(await request).StatusCode);
        await closing;
        Assert.Equal(503, (await host.PostJson("/v1/models/slow:predict", """{"instances": [{"rounds": 1}]}""")).Status);
    }

    private static async Task<string> VersionOf(ServingHost host, int unit)
    {
        using var response = await host.Post("/v1/models/fraud:predict", $$"""{"routing_key": "u-{{unit}}", "instances": [{{Row}}]}""");
        return response.Headers.GetValues("X-Model-Version").Single();
    }
}
