using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;

namespace ControlPlane.Worker.Engines;

/// <summary>
/// The model in a process of its own, which may die without harm: the requests on their way fail, it is started again with growing pauses, and
/// nobody else notices.
/// </summary>
internal sealed class ChildEngine : IEngine
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A life of that length ends the row of quick deaths.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private readonly Func<CancellationToken, Task<EngineProcess>> _start;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _watch;
    private volatile EngineProcess? _process;

    private ChildEngine(EngineProcess first, IReadOnlyList<TensorSignature> inputs, IReadOnlyList<TensorSignature> outputs, Func<CancellationToken, Task<EngineProcess>> start)
    {
        (_process, Inputs, Outputs, _start) = (first, inputs, outputs, start);
        _watch = Task.Run(() => Watch(first));
    }

    public IReadOnlyList<TensorSignature> Inputs { get; }

    public IReadOnlyList<TensorSignature> Outputs { get; }

    public static async Task<ChildEngine> Open(string artifactPath, RuntimeSettings runtime, EngineSettings settings, CancellationToken cancellation)
    {
        var first = await EngineProcess.Start(artifactPath, runtime, settings, cancellation);
        try
        {
            var (inputs, outputs) = await first.Client.ReadSignature(cancellation);
            return new(first, inputs, outputs, token => EngineProcess.Start(artifactPath, runtime, settings, token));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation)
    {
        var process = _process ?? throw StartingAgain();
        try
        {
            return await process.Client.Run(inputs, outputNames, cancellation);
        }
        catch (Exception cause) when (cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or ObjectDisposedException)
        {
            // It ended before this request was sent, and the watch has not seen that yet.
            throw StartingAgain();
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException)
        {
            throw new EngineDiedException($"the engine's process {process.DescribeEnd()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _watch;
        _process?.Dispose();
        _closing.Dispose();
    }

    private static EngineDiedException StartingAgain() => new("the engine's process has died and is being started again; try again") { NeverReached = true };

    private async Task Watch(EngineProcess process)
    {
        var pause = FirstPause;
        try
        {
            while (true)
            {
                var started = TimeProvider.System.GetTimestamp();
                await process.Exited.WaitAsync(_closing.Token);
                _process = null;
                process.DescribeEnd();
                // Requests on their way still ask how it ended; they have until the next life begins.
                if (TimeProvider.System.GetElapsedTime(started) > LongLife) pause = FirstPause;
                var next = await StartAgain(pause);
                process.Dispose();
                _process = process = next;
                pause = Longer(pause);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closed: whoever closes disposes the last life.
        }
        finally
        {
            if (_process is null) process.Dispose();
        }
    }

    private async Task<EngineProcess> StartAgain(TimeSpan pause)
    {
        while (true)
        {
            await Task.Delay(pause, _closing.Token);
            try
            {
                return await _start(_closing.Token);
            }
            catch (EngineDiedException)
            {
                // It died before it was ready; until a start works every request says that it is being started again.
                pause = Longer(pause);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
