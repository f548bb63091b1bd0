using System.Diagnostics;

namespace ControlPlane.Demo.Tests;

public sealed class ProcessEndTests
{
    [Fact]
    public async Task Cancel_follows_a_process_to_its_end()
    {
        using var stop = new CancellationTokenSource();
        using var other = Process.Start(new ProcessStartInfo("dotnet", ["--info"]) { RedirectStandardOutput = true })!;

        var following = ProcessEnd.CancelAsync(other.Id, stop);
        other.Kill();
        await following.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.True(stop.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancel_process_that_is_not_there_cancels_at_once()
    {
        using var stop = new CancellationTokenSource();

        await ProcessEnd.CancelAsync(int.MaxValue, stop);

        Assert.True(stop.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancel_that_is_stopped_first_leaves_the_process_alone()
    {
        using var stop = new CancellationTokenSource();
        var following = ProcessEnd.CancelAsync(Environment.ProcessId, stop);

        await stop.CancelAsync();

        await following.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }
}
