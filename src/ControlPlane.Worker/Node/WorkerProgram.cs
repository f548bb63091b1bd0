using System.Runtime.InteropServices;

namespace ControlPlane.Worker.Node;

/// <summary>How this program is started again in another mode: the way in which it was itself started, because that way is known to work here.</summary>
public static class WorkerProgram
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>The file to start and its first arguments.</summary>
    public static IReadOnlyList<string> Command { get; } = Find(Environment.ProcessPath ?? "");

    private static string[] Find(string running)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "ControlPlane.Worker" + Suffix);
        if (running == own) return [own];
        var assembly = Path.Combine(AppContext.BaseDirectory, "ControlPlane.Worker.dll");
        return Path.GetFileName(running) == "dotnet" + Suffix ? [running, assembly] : [DotnetHost(), assembly];
    }

    /// <summary>Something else hosts the program (a test): <c>root/shared/Microsoft.NETCore.App/version/</c> is where the runtime lies, and the host in its root.</summary>
    private static string DotnetHost()
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet" + Suffix));
        return File.Exists(host) ? host : "dotnet";
    }
}
