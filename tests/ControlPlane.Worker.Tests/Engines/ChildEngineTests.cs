using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Telemetry;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Engines;

public sealed class ChildEngineTests
{
    private const string Divide = "/v1/models/divide:predict";

    [Fact]
    public async Task Request_that_kills_its_engine_is_an_error_and_nobody_else_notices()
    {
        await using var host = await ServingHost.Start(
            await ServingHost.Load("divide", 1, TestContracts.Divide, "divide", EnginePlace.Child),
            await ServingHost.Load("fraud", 1, TestContracts.Scorer, "scorer"));
        Assert.Equal(4, await Quotient(host, 12, 3));
        using var stop = new CancellationTokenSource();
        var others = Task.Run(() => KeepAsking(host, stop.Token), TestContext.Current.CancellationToken);

        var (status, body) = await host.PostJson(Divide, """{"instances": [{"a": -2147483648, "b": -1}]}""");

        Assert.Equal(500, status);
        Assert.Contains("signal 8 (SIGFPE)", body.GetProperty("error").GetString(), StringComparison.Ordinal);
        using (var innocent = await host.Post(Divide, """{"instances": [{"a": 15, "b": 3}]}"""))
            Assert.Equal((503, TimeSpan.FromSeconds(1)), ((int)innocent.StatusCode, innocent.Headers.RetryAfter?.Delta));
        Assert.Contains(host.Sink.Requests, recorded => recorded is { Model: "divide", Error: ErrorKind.Engine });
        Assert.Equal(5, await QuotientWhenBack(host));
        await stop.CancelAsync();
        Assert.True(await others > 10);
    }

    [Fact]
    public async Task Child_answers_as_the_own_process_does()
    {
        await using var host = await ServingHost.Start(
            await ServingHost.Load("own", 1, TestContracts.Scorer, "scorer"), await ServingHost.Load("child", 1, TestContracts.Scorer, "scorer", EnginePlace.Child));
        const string rows = """{"instances": [{"amount": 250, "country": "DE"}, {"amount": 3, "tenure": 36.5, "country": "US"}]}""";

        var own = await host.PostJson("/v1/models/own:predict", rows);
        var child = await host.PostJson("/v1/models/child:predict", rows);

        Assert.Equal((200, 200), (own.Status, child.Status));
        Assert.Equal(
            own.Body.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("score").GetRawText()),
            child.Body.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("score").GetRawText()));
    }

    [Fact]
    public async Task Child_over_time_is_stopped_and_answers_again()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("slow", 1, TestContracts.Endless(2000), "endless", EnginePlace.Child));

        Assert.Equal(504, (await host.PostJson("/v1/models/slow:predict", """{"instances": [{"rounds": 1000000000}]}""")).Status);
        Assert.Equal(200, (await host.PostJson("/v1/models/slow:predict", """{"instances": [{"rounds": 1}]}""")).Status);
    }

    [Fact]
    public async Task Load_of_an_artifact_that_kills_or_is_refused_says_so()
    {
        var killed = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, TestContracts.Log, "deadly", EnginePlace.Child));
        var refused = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, TestContracts.Log, "external", EnginePlace.Child));

        Assert.Contains("artifact: the engine's process was ended by signal 8 (SIGFPE)", killed.Message, StringComparison.Ordinal);
        Assert.Contains("refers to data outside the file", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<int> Quotient(ServingHost host, int a, int b)
    {
        var (status, body) = await host.PostJson(Divide, $$"""{"instances": [{"a": {{a}}, "b": {{b}}}]}""");
        return status == 200 ? body.GetProperty("predictions")[0].GetProperty("y").GetInt32() : -status;
    }

    private static async Task<int> QuotientWhenBack(ServingHost host)
    {
        var answer = 0;
        for (var attempt = 0; attempt < 1500 && answer <= 0; attempt++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            answer = await Quotient(host, 15, 3);
            Assert.NotEqual(-500, answer);
        }

        return answer;
    }

    /// <summary>Asks the other model again and again; gives how often, or -1 when one answer was not good.</summary>
    private static async Task<int> KeepAsking(ServingHost host, CancellationToken stop)
    {
        var asked = 0;
        while (!stop.IsCancellationRequested)
        {
            var (status, _) = await host.PostJson("/v1/models/fraud:predict", """{"instances": [{"amount": 1, "country": "FR"}]}""");
            if (status != 200) return -1;
            asked++;
        }

        return asked;
    }
}
