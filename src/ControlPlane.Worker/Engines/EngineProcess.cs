using System.Diagnostics;
using System.Globalization;
using System.Text;
using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Engines;

/// <summary>One life of an engine child: started with limits, spoken to over its socket, gone when it dies.</summary>
internal sealed class EngineProcess : IDisposable
{
    // What .NET and the runtime reserve as addresses before the model takes any.
    private const long OwnMegabytes = 6_000;
    private const int LongestDirectoryBytes = 90;
    private const int MostErrorCharacters = 2000;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly HashSet<string> Inherited = new(StringComparer.Ordinal) { "PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "DOTNET_ROOT", "ORT_LIBRARY_PATH" };
    private readonly Process _process;
    private readonly string _directory;
    private readonly TaskCompletionSource<bool> _isReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _lastError = "";
    private string? _end;

    private EngineProcess(Process process, string directory, string socket)
    {
        (_process, _directory) = (process, directory);
        Client = new EngineClient(socket);
    }

    public EngineClient Client { get; }

    public Task Exited => _process.WaitForExitAsync();

    /// <exception cref="EngineDiedException">It ended before its socket was open; the sentence says why.</exception>
    public static async Task<EngineProcess> Start(string artifactPath, RuntimeSettings runtime, EngineSettings settings, CancellationToken cancellation)
    {
        var directory = MakeDirectory(settings.Directory);
        var socket = Path.Combine(directory, "s");
        var started = new EngineProcess(Process.Start(StartInfo(artifactPath, runtime, directory, socket))!, directory, socket);
        try
        {
            await started.WaitUntilReady(cancellation);
            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    /// <summary>How it ended, for the ones whose requests were on their way; kept after the dispose.</summary>
    public string DescribeEnd() => _end ??= ReadEnd();

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (IOException)
        {
            // Left behind in the system's temporary folder, which is emptied by itself.
        }
    }

    /// <summary>The child's own, empty working directory, with its socket; in the system's temporary folder where the path would be too long for a socket.</summary>
    private static string MakeDirectory(string parent)
    {
        var wanted = Path.Combine(Path.GetFullPath(parent), Guid.CreateVersion7().ToString("N")[20..]);
        return Encoding.UTF8.GetByteCount(wanted) <= LongestDirectoryBytes
            ? Directory.CreateDirectory(wanted).FullName
            : Directory.CreateTempSubdirectory("cp-engine-").FullName;
    }

    private static ProcessStartInfo StartInfo(string artifactPath, RuntimeSettings runtime, string directory, string socket)
    {
        // The shell sets the limit and is then replaced by the program, so that the child is its own process with its own signal.
        var limitKilobytes = (OwnMegabytes + runtime.MemoryMegabytes) * 1024;
        var info = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add($"ulimit -c 0; ulimit -v {limitKilobytes.ToString(CultureInfo.InvariantCulture)}; exec \"$@\"");
        info.ArgumentList.Add("sh");
        foreach (var part in WorkerProgram.Command) info.ArgumentList.Add(part);
        foreach (var part in (string[])[EngineProgram.Verb, "--socket", socket, "--artifact", Path.GetFullPath(artifactPath), "--threads", runtime.Threads.ToString(CultureInfo.InvariantCulture)])
            info.ArgumentList.Add(part);
        // Settings and secrets of the node are none of an untrusted model's business.
        foreach (var name in info.Environment.Keys.Where(name => !Inherited.Contains(name)).ToList()) info.Environment.Remove(name);
        // Bounds the collector's reserved addresses, which otherwise fill the limit before the model is loaded.
        info.Environment["DOTNET_GCHeapHardLimit"] = "0x20000000";
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        return info;
    }

    private async Task WaitUntilReady(CancellationToken cancellation)
    {
        _process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data)) _lastError = line.Data.Length <= MostErrorCharacters ? line.Data : line.Data[..MostErrorCharacters];
        };
        // Read to its end all its life, so that nothing that is printed ever fills the pipe.
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null or EngineProgram.ReadyWord) _isReady.TrySetResult(line.Data is not null);
        };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        try
        {
            if (await _isReady.Task.WaitAsync(limit.Token)) return;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new EngineDiedException($"the engine's process was not ready within {StartLimit.TotalSeconds:0} s");
        }

        await _process.WaitForExitAsync(cancellation);
        throw new EngineDiedException(_process.ExitCode == EngineProgram.Refused ? _lastError : $"the engine's process {DescribeEnd()}");
    }

    private string ReadEnd()
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) return "does not answer";
        var code = _process.ExitCode;
        var how = code > 128 ? $"was ended by signal {code - 128} ({SignalName(code - 128)})" : $"ended with exit code {code}";
        return _lastError.Length == 0 ? how : $"{how}: {_lastError}";
    }

    private static string SignalName(int signal) => signal switch
    {
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        15 => "SIGTERM",
        _ => "unnamed",
    };
}
