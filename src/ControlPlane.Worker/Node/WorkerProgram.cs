using System.Runtime.InteropServices;

namespace ControlPlane.Worker.Node;

/// <summary>How this program is started again in another mode: through the dotnet host, or by itself when it was published as one file.</summary>
public static class WorkerProgram
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "ControlPlane.Worker.dll");

    /// <summary>The file to start and its first arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = File.Exists(Assembly) ? [DotnetHost(), Assembly] : [Environment.ProcessPath!];

    private static string DotnetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        if (Path.GetFileName(Environment.ProcessPath) == name) return Environment.ProcessPath!;
        // <root>/shared/Microsoft.NETCore.App/<version>/ is where the runtime lies; a self-contained program has no such root and starts by itself.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(root) ? root : name;
    }
}
