namespace ControlPlane.Web.Adapters;

/// <summary>Files that live no longer than the request that writes them: for bodies that must be read in another order than they arrive in.</summary>
public sealed class Spool
{
    private const int BufferBytes = 1 << 17;
    private readonly string _directory;

    public Spool(string directory)
    {
        _directory = directory;
        Directory.CreateDirectory(directory);
        // What a killed process left belongs to nobody.
        foreach (var orphan in Directory.EnumerateFiles(directory)) File.Delete(orphan);
    }

    /// <summary>An empty file that is gone when it is closed.</summary>
    public FileStream Create() => new(
        Path.Combine(_directory, Guid.CreateVersion7().ToString("n")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
}
