namespace ControlPlane.EndToEnd.Tests;

/// <summary>Waits for what other processes do in their own time.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, TimeSpan within, Func<string> complaint)
    {
        var until = DateTime.UtcNow + within;
        while (!await Try(condition))
        {
            if (DateTime.UtcNow > until) throw new TimeoutException(complaint());
            await Task.Delay(200);
        }
    }

    private static async Task<bool> Try(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
