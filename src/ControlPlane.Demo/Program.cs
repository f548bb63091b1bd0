using System.Runtime.InteropServices;
using ControlPlane.Demo;
using ControlPlane.Demo.Releases;
using ControlPlane.Demo.Surface;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var options = DemoOptions.Parse(args, Environment.GetEnvironmentVariable(DemoOptions.ApiKeyVariable));
    if (options.StopWithProcess is { } id)
        _ = ProcessEnd.CancelAsync(id, stop);
    await new Demonstration(options, TimeProvider.System, Console.Out).RunAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n{DemoOptions.Usage}");
    return 2;
}
catch (Exception failure) when (failure is ReleaseStoppedException or WebCallException)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
