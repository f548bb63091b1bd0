using System.Diagnostics;

namespace ControlPlane.Demo;

/// <summary>Follows another process to its end.</summary>
public static class ProcessEnd
{
    /// <summary>Cancels when the process is gone; at once when there is none of that id.</summary>
    public static async Task CancelAsync(int id, CancellationTokenSource stop)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(stop.Token);
        }
        catch (ArgumentException)
        {
            // Gone before it could be looked at, which is what is waited for.
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await stop.CancelAsync();
    }
}
