using ControlPlane.Demo.Surface;
using ControlPlane.Demo.Traffic;

namespace ControlPlane.Demo.Tests.Traffic;

public sealed class PredictionClientTests
{
    private static readonly PredictRequest Request = new([new Dictionary<string, object> { ["amount"] = 1.5 }], "customer-1");

    [Fact]
    public async Task Predict_node_that_is_gone_is_answered_by_the_other()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await using var alive = await FakeNode.StartAsync();
        var gone = await FakeNode.StartAsync();
        web.Nodes.AddRange([new("a", gone.Address), new("b", alive.Address)]);
        await gone.DisposeAsync();

        var (answers, line) = await AskAsync(web, times: 10);

        Assert.All(answers, answer => Assert.Equal("3", answer?.ModelVersion));
        Assert.Contains("10 answered", line);
        Assert.Contains(" 0 failed; fraud-scoring v3 10", line);
        // Avoided after its first failure, and not asked by every request in turn.
        Assert.Contains(" 1 tried again", line);
    }

    [Fact]
    public async Task Predict_node_that_is_full_is_answered_by_the_other()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await using var full = await FakeNode.StartAsync();
        await using var free = await FakeNode.StartAsync();
        full.Status = 503;
        web.Nodes.AddRange([new("a", full.Address), new("b", free.Address)]);

        var (answers, _) = await AskAsync(web, times: 2);

        Assert.DoesNotContain(null, answers);
        Assert.Equal(1, full.Requests);
    }

    [Fact]
    public async Task Predict_request_that_is_refused_is_counted_and_not_repeated()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await using var node = await FakeNode.StartAsync();
        node.Status = 400;
        web.Nodes.AddRange([new("a", node.Address), new("b", node.Address)]);

        var (answers, line) = await AskAsync(web, times: 1);

        Assert.Null(answers.Single());
        Assert.Equal(1, node.Requests);
        Assert.Contains("1 failed", line);
        Assert.Contains("amount: must be a number", line);
    }

    [Fact]
    public async Task Predict_every_node_failing_gives_up_after_two_rounds()
    {
        await using var web = await FakeControlPlane.StartAsync();
        await using var node = await FakeNode.StartAsync();
        node.Status = 500;
        web.Nodes.Add(new("a", node.Address));

        var (answers, line) = await AskAsync(web, times: 1);

        Assert.Null(answers.Single());
        Assert.Equal(2, node.Requests);
        Assert.Contains("2 tried again, 1 failed", line);
    }

    private static async Task<(List<PredictAnswer?> Answers, string Line)> AskAsync(FakeControlPlane web, int times)
    {
        var (time, cancel) = (TimeProvider.System, TestContext.Current.CancellationToken);
        var nodes = new NodeDirectory(web.Client(time), time);
        await nodes.FindAsync(TextWriter.Null, cancel);
        var counts = new TrafficCounts(time);
        using var http = new HttpClient();
        var client = new PredictionClient(http, nodes, counts, time);
        var answers = new List<PredictAnswer?>();
        for (var i = 0; i < times; i++)
            answers.Add(await client.PredictAsync("fraud-scoring", Request, cancel));
        return (answers, counts.TakeLine());
    }
}
