using System.Diagnostics;

namespace ControlPlane.Web.Tests.Adapters;

/// <summary>A file system of a few megabytes, so that a disk can really be full. Needs the right to mount; a visible skip without it.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a small file system needs Linux and root.");
        var path = Directory.CreateTempSubdirectory("controlplane-disk-").FullName;
        var mounted = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) == 0;
        if (!mounted) Directory.Delete(path);
        Assert.SkipUnless(mounted, "This machine does not let tests mount a file system.");
        return new(path);
    }

    public void Dispose()
    {
        _ = Run("umount", Path);
        Directory.Delete(Path, recursive: true);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
