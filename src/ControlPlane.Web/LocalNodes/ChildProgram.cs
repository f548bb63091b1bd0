using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ControlPlane.Web.LocalNodes;

/// <summary>Starts, finds and stops the programs that lie beside Web.</summary>
internal static class ChildProgram
{
    private const int TerminationSignal = 15;

    // Web's own secrets and addresses are none of its children's business; what they need is passed by name.
    private static readonly string[] OwnVariables = ["Bootstrap__", "Database__", "Nodes__", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "URLS"];

    /// <summary>Path of a program's assembly beside Web, such as <c>node/ControlPlane.Worker.dll</c>.</summary>
    public static string Beside(params string[] parts) => Path.Combine([AppContext.BaseDirectory, .. parts]);

    public static ProcessStartInfo Start(string assembly, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost(), [assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Environment.CurrentDirectory,
        };
        foreach (var name in start.Environment.Keys.Where(IsOwn).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return start;
    }

    /// <summary>Every line that the process writes becomes a line of Web's log, with the program's name before it.</summary>
    public static void PipeLines(Process process, string name, ILogger logger)
    {
        process.OutputDataReceived += (_, line) => Write(LogLevel.Information, line.Data);
        process.ErrorDataReceived += (_, line) => Write(LogLevel.Warning, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();

        void Write(LogLevel level, string? line)
        {
            if (!string.IsNullOrWhiteSpace(line)) logger.Log(level, "[{Program}] {Line}", name, line);
        }
    }

    /// <summary>Asks the process to end, and ends it when it has not after the patience given.</summary>
    public static async Task Stop(Process process, TimeSpan patience, ILogger logger)
    {
        if (process.HasExited) return;
        if (OperatingSystem.IsWindows()) process.Kill(entireProcessTree: true);
        else _ = Signal(process.Id, TerminationSignal);
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("Process {ProcessId} did not end within {Seconds} s of being asked to and is killed.", process.Id, patience.TotalSeconds);
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    // `dotnet run` starts Web through its own executable, so the host is not always the running one.
    private static string DotnetHost()
    {
        var own = Environment.ProcessPath;
        if (own is not null && Path.GetFileNameWithoutExtension(own) == "dotnet") return own;
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host) return host;
        var root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        return root is { Length: > 0 } && File.Exists(Path.Combine(root, "dotnet")) ? Path.Combine(root, "dotnet") : "dotnet";
    }

    private static bool IsOwn(string variable) => OwnVariables.Any(own => variable.StartsWith(own, StringComparison.OrdinalIgnoreCase));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int processId, int signal);
}
