namespace ControlPlane.Web.LocalNodes;

/// <summary>How long to wait before a died process is started again.</summary>
public static class RestartPause
{
    /// <summary>A process that lived so long was healthy; the count starts anew.</summary>
    public static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    private const int LongestSeconds = 30;

    /// <summary>1, 2, 4, … at most 30 seconds after the first, second, third … death in a row.</summary>
    public static TimeSpan After(int deathsInARow) => TimeSpan.FromSeconds(Math.Min(LongestSeconds, Math.Pow(2, Math.Clamp(deathsInARow - 1, 0, 10))));
}
