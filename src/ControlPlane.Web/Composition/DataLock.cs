using System.Globalization;

namespace ControlPlane.Web.Composition;

/// <summary>Holds the data directory for this process alone: a second Web on it would replace the first one's nodes. The operating system lets go of it even when the process is killed.</summary>
public sealed class DataLock : IDisposable
{
    // What the systems say of a file that somebody else holds: Linux, macOS, Windows.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private FileStream? _held;
    private string? _note;

    /// <summary>Takes the directory, or refuses the start and names the process that has it. Webs that share a server database have a directory each.</summary>
    public void Take(WebSettings settings)
    {
        if (settings.Database.Provider != DatabaseProvider.Sqlite) return;
        var root = settings.Data.Root;
        // A held file cannot be read by others on every system, so the process id stands beside it.
        var note = Path.Combine(root, "lock-process");
        try
        {
            _held = new FileStream(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (HeldByAnother.Contains(fault.HResult))
        {
            throw new SettingException("Data:Directory", $"names {root}, which is in use by {Holder(note)}");
        }

        File.WriteAllText(note, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        _note = note;
    }

    public void Dispose()
    {
        if (_held is null) return;
        // Inside the hold: afterwards the note may be the next process's.
        if (Directory.Exists(Path.GetDirectoryName(_note))) File.Delete(_note!);
        _held.Dispose();
        _held = null;
    }

    private static string Holder(string note) => File.Exists(note) && File.ReadAllText(note).Trim() is { Length: > 0 } id ? $"process {id}" : "another process";
}
