using System.Collections.Concurrent;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Telemetry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Serving;

/// <summary>A version with its engine open: the whole way payload check → prepare → infer → decide → response check.</summary>
public sealed class LoadedVersion : IAsyncDisposable
{
    private const int MostIdleBatches = 64;
    private readonly IEngine _engine;
    private readonly RunGate _gate;
    private readonly Deadlines _deadlines;
    private readonly InFlight _inFlight = new();
    private readonly ConcurrentQueue<PredictionBatch> _idle = new();

    private LoadedVersion(VersionSource source, EnginePlace place, IEngine engine, ServingPlan plan, EngineSettings settings)
    {
        (Model, Version, Place, Plan, _engine) = (source.Model, source.Version, place, plan, engine);
        VersionText = source.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _gate = new(settings.MaxConcurrentRuns, settings.MaxQueuedRuns);
        _deadlines = new(plan.Contract.Runtime.TimeoutMilliseconds);
    }

    public string Model { get; }

    public int Version { get; }

    public Contract Contract => Plan.Contract;

    public EnginePlace Place { get; }

    internal string VersionText { get; }

    internal ServingPlan Plan { get; }

    /// <summary>Reads the contract, opens the engine and matches the two. Throws <see cref="VersionLoadException"/> with everything that is wrong.</summary>
    public static async Task<LoadedVersion> Load(VersionSource source, EnginePlace place, EngineSettings settings, CancellationToken cancellation)
    {
        var reading = ContractReader.Read(source.ContractJson);
        if (!reading.IsRead) throw new VersionLoadException(reading.Problems);
        var engine = await EngineOpening.Open(source, place, reading.Contract, settings, cancellation);
        try
        {
            var plan = new PlanMatch(reading.Contract, engine.Inputs, engine.Outputs).ToPlan() with { AllowsNotFinite = settings.AllowsNotFinite };
            return new(source, place, engine, plan, settings);
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the model once, so that the first client does not pay for lazy work: on a golden row, or on a made-up one that the contract allows.</summary>
    /// <returns>The runtime's error on that row, which says nothing against the version: not every model can take every row. Null when there was none.</returns>
    public async Task<string?> WarmUp(GoldenSample? sample, CancellationToken cancellation)
    {
        var batch = Rent();
        try
        {
            if (sample is null) WarmUpRow.Fill(Plan, batch);
            else RowReader.ReadRow(sample.InputsJson, Plan, batch);
            await Run(batch, cancellation);
            return null;
        }
        catch (PredictionException cause) when (cause.InnerException is OrtException)
        {
            return cause.Message;
        }
        catch (PredictionException cause) when (cause.Kind is not ErrorKind.Engine)
        {
            // The made-up row may well mean nothing to the model, and a wrong golden row is told when all are replayed.
            return null;
        }
        finally
        {
            Return(batch);
        }
    }

    /// <summary>Sends golden samples through the whole path; when <paramref name="mayGoOn"/> says no, the rest is left out and the replay says so.</summary>
    /// <exception cref="VersionLoadException">A line is no golden sample of this contract.</exception>
    public Task<GoldenReplay> ReplayGolden(IGoldenSource samples, Func<bool> mayGoOn, CancellationToken cancellation) => new GoldenRun(this).Replay(samples, mayGoOn, cancellation);

    /// <summary>How long each sample takes as a request of one row, in microseconds.</summary>
    public Task<IReadOnlyList<double>> TimeGolden(IEnumerable<GoldenSample> samples, CancellationToken cancellation) => new GoldenRun(this).Time(samples, cancellation);

    /// <summary>Refuses new requests, waits for those in flight, then closes the engine.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _inFlight.Close()) return;
        await _engine.DisposeAsync();
        _deadlines.Dispose();
        _gate.Dispose();
    }

    internal bool TryEnter() => _inFlight.TryEnter();

    internal void Leave() => _inFlight.Leave();

    internal PredictionBatch Rent() => _idle.TryDequeue(out var batch) ? batch : new(Plan);

    internal void Return(PredictionBatch batch)
    {
        batch.Clear();
        if (batch.Capacity <= PredictionBatch.MostKeptRows && _idle.Count < MostIdleBatches) _idle.Enqueue(batch);
    }

    /// <summary>Runs a batch that holds checked rows, within the contract's time, waiting in the queue included.</summary>
    internal async ValueTask RunInTime(PredictionBatch batch)
    {
        var deadline = _deadlines.Begin();
        try
        {
            await Run(batch, deadline.Token);
            // A run that only ended because nobody could stop it is as late as one that was stopped.
            if (deadline.IsCancellationRequested) throw OverTime();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw OverTime();
        }
        finally
        {
            _deadlines.End(deadline);
        }
    }

    /// <summary>Runs a batch that holds checked rows, however long it takes.</summary>
    internal async ValueTask Run(PredictionBatch batch, CancellationToken cancellation, IStageWatch? watch = null)
    {
        await _gate.Enter(cancellation);
        try
        {
            await BatchRun.Execute(Plan, _engine, batch, watch, cancellation);
        }
        catch (OrtException cause)
        {
            // Free axes of a raw tensor are the client's; that they fit together only the runtime can say.
            var kind = Plan.IsRaw && cause.Code == OrtErrorCode.InvalidArgument ? ErrorKind.Payload : ErrorKind.Engine;
            throw new PredictionException(kind, cause.Message, cause);
        }
        catch (EngineDiedException cause)
        {
            throw new PredictionException(ErrorKind.Engine, cause.Message, cause) { MayRetry = cause.NeverReached };
        }
        finally
        {
            _gate.Leave();
        }
    }

    private PredictionException OverTime() => new(ErrorKind.Timeout, $"not answered within {Contract.Runtime.TimeoutMilliseconds} ms");
}
