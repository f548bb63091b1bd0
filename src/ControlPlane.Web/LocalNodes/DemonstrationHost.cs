using System.Diagnostics;
using ControlPlane.Web.Bootstrap;

namespace ControlPlane.Web.LocalNodes;

/// <summary>Runs the demonstration beside Web (<c>dotnet run … -- demo</c>). It is a client of the public HTTP surface, with a key of its own.</summary>
public sealed class DemonstrationHost(DemonstrationKey key, WebAddress address, ILoggerFactory loggers) : BackgroundService
{
    private readonly ILogger _logger = loggers.CreateLogger("ControlPlane.Demo");
    private Process? _process;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await address.WhenListening(stoppingToken) is not { } web) return;
        var assembly = ChildProgram.Beside("demo", "ControlPlane.Demo.dll");
        // A variable and not an option: everybody on the machine may read a command line.
        var variables = new Dictionary<string, string> { ["CONTROLPLANE_API_KEY"] = key.Secret };
        _process = Process.Start(ChildProgram.Start(assembly, variables, "--web", web, "--stop-with-process", $"{Environment.ProcessId}"))!;
        ChildProgram.PipeLines(_process, "demo", _logger);
        await _process.WaitForExitAsync(stoppingToken);
        if (_process.ExitCode != 0) _logger.LogError("The demonstration ended with code {Code}; its last lines above say why.", _process.ExitCode);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_process is not null) await ChildProgram.Stop(_process, TimeSpan.FromSeconds(5), _logger);
        _process?.Dispose();
    }
}
