using System.Diagnostics;
using System.Text;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Node;
using ControlPlane.Worker.Trials;

namespace ControlPlane.Worker.Checks;

/// <summary>
/// Runs a check or a trial in a child process that may die: bounded address space, processor time and files, an empty working directory, none of this
/// process's environment, killed when it takes too long. An uploaded model is not trusted.
/// </summary>
public sealed class CheckChild(NodeSettings settings, ILogger<CheckChild> log)
{
    public const int LimitSeconds = 60;

    /// <summary>The runtime alone needs most of this as addresses, not as memory.</summary>
    private const long BaseAddressSpaceKilobytes = 4_000_000;

    private const int MostFileBlocks = 32_768;
    private const int ManagedHeapBytes = 512 * 1024 * 1024;
    private const int MostOutputCharacters = 4000;

    private readonly string _directory = Path.Combine(settings.Directory, "checks");

    public Task<CheckReport> Run(CheckTask task, CancellationToken cancellation) => Run(
        CheckProgram.Verb, [task.ArtifactPath, task.PreparationPath], task.Write, (ending, result) => ending.ToReport(task.Order.CheckId, CheckProgress.Read(result)), cancellation);

    public Task<TrialAnswer> Run(TrialTask task, CancellationToken cancellation) => Run(
        TrialProgram.Verb, [task.ArtifactPath, task.PreparationPath], task.Write, (ending, result) => TrialProgress.Read(result).ToAnswer(ending), cancellation);

    private async Task<T> Run<T>(string verb, string?[] models, Action<string> writeOrder, Func<CheckEnding, string, T> read, CancellationToken cancellation)
    {
        var place = Directory.CreateDirectory(Path.Combine(_directory, Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var (order, result) = (Path.Combine(place, "order.json"), Path.Combine(place, "result.json"));
            writeOrder(order);
            string[] command = [.. WorkerProgram.Command, verb, "--order", order, "--result", result];
            var ending = await Run(Start(command, models, Directory.CreateDirectory(Path.Combine(place, "work")).FullName), cancellation);
            return read(ending, result);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private async Task<CheckEnding> Run(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var child = new Process { StartInfo = start };
        var output = new StringBuilder();
        child.OutputDataReceived += Keep;
        child.ErrorDataReceived += Keep;
        child.Start();
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(LimitSeconds));
        try
        {
            await child.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return new(child.ExitCode, LimitSeconds);
        }

        if (child.ExitCode != 0) log.LogWarning("The child ended with exit code {ExitCode}: {Output}", child.ExitCode, output);
        return new(child.ExitCode, null);

        void Keep(object _, DataReceivedEventArgs line)
        {
            lock (output)
                if (line.Data is { } text && output.Length + text.Length < MostOutputCharacters) output.AppendLine(text);
        }
    }

    private static ProcessStartInfo Start(string[] command, string?[] models, string workingDirectory)
    {
        var start = new ProcessStartInfo { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = command[0];
            command = command[1..];
        }
        else
        {
            // The artifact may lie in memory up to three times while it is opened: file, parsed graph, optimised graph.
            var kilobytes = BaseAddressSpaceKilobytes + 3 * models.OfType<string>().Sum(path => new FileInfo(path).Length) / 1024;
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"ulimit -c 0; ulimit -v {kilobytes}; ulimit -S -t {LimitSeconds}; ulimit -f {MostFileBlocks}; exec \"$@\"");
            start.ArgumentList.Add("check");
        }

        foreach (var argument in command) start.ArgumentList.Add(argument);
        SetEnvironment(start.Environment, workingDirectory);
        return start;
    }

    private static void SetEnvironment(IDictionary<string, string?> environment, string workingDirectory)
    {
        string[] kept = ["PATH", "SystemRoot", "DOTNET_ROOT", "ORT_LIBRARY_PATH", "LD_LIBRARY_PATH"];
        foreach (var name in environment.Keys.Except(kept).ToList()) environment.Remove(name);
        environment["HOME"] = workingDirectory;
        environment["TMPDIR"] = workingDirectory;
        environment["DOTNET_GCHeapHardLimit"] = $"0x{ManagedHeapBytes:X}";
        environment["DOTNET_gcServer"] = "0";
        environment["DOTNET_EnableDiagnostics"] = "0";
        // Its double mapping is one file of 2 GB, which the limit on file sizes would refuse.
        environment["DOTNET_EnableWriteXorExecute"] = "0";
    }
}
