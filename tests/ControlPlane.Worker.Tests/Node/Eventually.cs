using System.Diagnostics;

namespace ControlPlane.Worker.Tests.Node;

/// <summary>Waits for what another thread or process brings about.</summary>
internal static class Eventually
{
    public static async Task True(Func<bool> condition, string what, int seconds = 20)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < seconds, $"{what}: not within {seconds} s");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
