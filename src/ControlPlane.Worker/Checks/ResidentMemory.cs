using System.Globalization;

namespace ControlPlane.Worker.Checks;

/// <summary>How much memory this process has in RAM.</summary>
internal static class ResidentMemory
{
    public const double BytesOfMegabyte = 1024 * 1024;
    private const string StatusPath = "/proc/self/status";

    /// <summary>Resident bytes after everything that nobody refers to any more is given back.</summary>
    public static long Settled()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return File.Exists(StatusPath) ? OfStatus(File.ReadLines(StatusPath)) : Environment.WorkingSet;
    }

    /// <summary>The line <c>VmRSS: 123 kB</c> of a process's status in bytes.</summary>
    public static long OfStatus(IEnumerable<string> lines)
    {
        var line = lines.First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
