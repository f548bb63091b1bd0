using ControlPlane.Demo.Rows;
using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Traffic;

/// <summary>
/// Reports what really happened, as operations do: late, in batches, some of it twice and some of it never.
/// Months are minutes here, so that somebody who watches sees outcomes come in.
/// </summary>
public sealed class OutcomeReporter(ControlPlaneClient web, TimeProvider time, int seed)
{
    private const int MostWaiting = 200_000;
    private const int MostInBatch = 500;
    private const double NeverReported = 0.03;
    private const double ReportedTwice = 0.03;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<OutcomeReport, DateTimeOffset> _waiting = new();
    private OutcomeReceipt _sent = new(0, 0, 0);
    private int _dropped;
    private string? _lastFailure;

    public void Remember(Population population, Row row, Prediction prediction)
    {
        var risk = TrueRisk.ProbabilityAfter(population, row, prediction.Decision);
        lock (_gate)
        {
            var bad = _random.NextDouble() < risk;
            if (_random.NextDouble() < NeverReported)
                return;
            var known = Later(time.GetUtcNow());
            var report = new OutcomeReport(prediction.PredictionId, population.Outcome.Name, bad ? 1 : 0, known);
            Enqueue(report, known);
            if (_random.NextDouble() < ReportedTwice)
                Enqueue(report, Later(known));
        }
    }

    /// <summary>Sends what is due until cancelled. A batch that Web can't take now stays and is sent later; one that it refuses is dropped and counted.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(Every, time, cancel);
            for (var batch = TakeDue(); batch.Count > 0; batch = batch.Count < MostInBatch ? [] : TakeDue())
            {
                if (!await SendAsync(batch, cancel))
                    break;
            }
        }
    }

    /// <summary>A clause for the status line, and a fresh start of its counts.</summary>
    public string TakeLine()
    {
        lock (_gate)
        {
            var line = $"outcomes: {_sent.Accepted} accepted, {_sent.Duplicate} duplicate, {_sent.Rejected} rejected, {_dropped} dropped, {_waiting.Count} still to come"
                + (_lastFailure is null ? "" : $" (last failure: {_lastFailure})");
            (_sent, _dropped, _lastFailure) = (new(0, 0, 0), 0, null);
            return line;
        }
    }

    // Ten seconds to ten minutes, most of it early.
    private DateTimeOffset Later(DateTimeOffset than) => than + TimeSpan.FromSeconds(10 * Math.Pow(60, _random.NextDouble()));

    private void Enqueue(OutcomeReport report, DateTimeOffset due)
    {
        if (_waiting.Count < MostWaiting)
            _waiting.Enqueue(report, due);
        else
            _dropped++;
    }

    private List<OutcomeReport> TakeDue()
    {
        var now = time.GetUtcNow();
        var due = new List<OutcomeReport>();
        lock (_gate)
        {
            while (due.Count < MostInBatch && _waiting.TryPeek(out var report, out var at) && at <= now)
            {
                _waiting.Dequeue();
                due.Add(report);
            }
        }

        return due;
    }

    private async Task<bool> SendAsync(List<OutcomeReport> batch, CancellationToken cancel)
    {
        try
        {
            var receipt = await web.ReportOutcomesAsync(batch, cancel);
            lock (_gate)
                _sent = new(_sent.Accepted + receipt.Accepted, _sent.Duplicate + receipt.Duplicate, _sent.Rejected + receipt.Rejected);
            return true;
        }
        catch (WebCallException failure)
        {
            lock (_gate)
            {
                _lastFailure = failure.Message;
                if (failure.MayPass)
                    _waiting.EnqueueRange(batch.Select(report => (report, report.At)));
                else
                    _dropped += batch.Count;
            }

            return !failure.MayPass;
        }
    }
}
