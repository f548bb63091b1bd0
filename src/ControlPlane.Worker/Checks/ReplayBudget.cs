using System.Diagnostics;

namespace ControlPlane.Worker.Checks;

/// <summary>How long golden samples may run in the throwaway child, so that it ends by itself before its limits end it.</summary>
internal sealed class ReplayBudget
{
    public const int Seconds = 30;

    /// <summary>A model of many threads uses up the child's processor time before the clock's.</summary>
    private const int ProcessorSeconds = 40;

    private readonly long _started = Stopwatch.GetTimestamp();

    private ReplayBudget()
    {
    }

    public static ReplayBudget Begin() => new();

    public bool MayGoOn() => Stopwatch.GetElapsedTime(_started) < TimeSpan.FromSeconds(Seconds) && Environment.CpuUsage.TotalTime < TimeSpan.FromSeconds(ProcessorSeconds);
}
