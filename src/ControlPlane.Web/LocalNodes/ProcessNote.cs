using System.Diagnostics;
using System.Globalization;

namespace ControlPlane.Web.LocalNodes;

/// <summary>A process written down in a file, so that the next Web finds it after this one was killed.</summary>
internal sealed class ProcessNote(string path)
{
    // The start time of a process is derived from the boot time, which moves a little when the clock is corrected.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    public void Write(Process process)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime.ToUniversalTime().Ticks}\n"));
    }

    public void Remove() => File.Delete(path);

    /// <summary>The noted process when it still lives; a process number that was given to another program since is not it.</summary>
    public Process? FindLiving()
    {
        if (!File.Exists(path)) return null;
        var words = File.ReadAllText(path).Split(' ', StringSplitOptions.TrimEntries);
        if (words.Length != 2 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var id) || !long.TryParse(words[1], CultureInfo.InvariantCulture, out var ticks)) return null;
        try
        {
            var process = Process.GetProcessById(id);
            if (!process.HasExited && (process.StartTime.ToUniversalTime() - new DateTime(ticks, DateTimeKind.Utc)).Duration() < ClockTolerance) return process;
            process.Dispose();
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended between two of the questions, or belongs to somebody else.
            return null;
        }
    }
}
