using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ControlPlane.Web.LocalNodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ControlPlane.Web.Tests.LocalNodes;

/// <summary>Real node processes, without a Web behind them: what is kept alive, taken over and stopped.</summary>
public sealed class LocalNodeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly NodeProbe _probe = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task Node_that_dies_is_started_again()
    {
        var node = Node(Plan());
        var keeping = node.KeepAlive(_stop.Token);
        var first = await Serving(node);
        Process.GetProcessById(first).Kill();
        await Until(() => Task.FromResult(node.View is { State: LocalNodeState.Running, ProcessId: { } second } && second != first), node);
        Assert.NotEqual(first, await Serving(node));
        Assert.Equal(1, node.View.Restarts);
        await End(node, keeping);
    }

    [Fact]
    public async Task Node_left_by_a_killed_Web_is_taken_over_and_can_be_stopped()
    {
        var plan = Plan();
        using var killed = new CancellationTokenSource();
        var before = Node(plan);
        var keepingBefore = before.KeepAlive(killed.Token);
        var process = await Serving(before);
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keepingBefore);

        var after = Node(plan);
        var keeping = after.KeepAlive(_stop.Token);
        await Until(() => Task.FromResult(after.View.State == LocalNodeState.Adopted), after);
        Assert.Equal(process, after.View.ProcessId);
        await End(after, keeping);
        Assert.False(File.Exists(Path.Combine(plan.Directory, "pid")));
        Assert.Null(await _probe.NameAt(plan.Address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Port_taken_by_something_else_is_shown_and_waited_for()
    {
        var plan = Plan();
        var other = new TcpListener(IPAddress.Loopback, plan.Port);
        other.Start();
        var node = Node(plan);
        var keeping = node.KeepAlive(_stop.Token);
        await Until(() => Task.FromResult(node.View.State == LocalNodeState.PortTaken), node);
        Assert.Contains(plan.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), node.View.Sentence);
        Assert.Equal(0, node.View.Restarts);
        other.Stop();
        await Serving(node);
        await End(node, keeping);
    }

    [Fact]
    public void Note_of_a_number_that_another_process_has_now_finds_nobody()
    {
        var path = Path.Combine(_folder.Path, "pid");
        File.WriteAllText(path, $"{Environment.ProcessId} {new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks}\n");
        Assert.Null(new ProcessNote(path).FindLiving());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(5000, 30)]
    public void Pause_doubles_with_each_death_in_a_row_up_to_half_a_minute(int deaths, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RestartPause.After(deaths));

    public void Dispose()
    {
        _stop.Dispose();
        _probe.Dispose();
        _folder.Dispose();
    }

    private LocalNode Node(LocalNodePlan plan) => new(plan, _probe, TimeProvider.System, NullLogger.Instance);

    // Nobody listens on port 9 of this machine: the node starts, tells its name and goes on asking for its Web.
    private LocalNodePlan Plan() => new("local-1", FreePort(), "http://localhost:9", "join-token-of-the-tests", _folder.Path, ChildProgram.Beside("node", "ControlPlane.Worker.dll"));

    private async Task<int> Serving(LocalNode node)
    {
        await Until(async () => await _probe.NameAt(node.View.Address, TestContext.Current.CancellationToken) == node.View.Name, node);
        return node.View.ProcessId!.Value;
    }

    private async Task End(LocalNode node, Task keeping)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => keeping);
        await node.Stop();
        Assert.Equal(LocalNodeState.Stopped, node.View.State);
    }

    private static async Task Until(Func<Task<bool>> holds, LocalNode node)
    {
        var began = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(began.Elapsed < Patience, node.View.ToString());
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
