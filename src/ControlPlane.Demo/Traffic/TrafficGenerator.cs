using ControlPlane.Demo.Rows;
using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Traffic;

/// <summary>The customers of one model: sends their rows at the shop's pace until cancelled.</summary>
public sealed class TrafficGenerator(Population population, PredictionClient predictions, OutcomeReporter outcomes, TrafficCounts counts, TimeProvider time)
{
    private const int Customers = 5_000;
    private const int MostUnderWay = 64;
    private const int MostRows = 3;

    public async Task RunAsync(double averagePerSecond, int seed, CancellationToken cancel)
    {
        var random = new Random(seed);
        var rows = new RowGenerator(population, seed);
        var underWay = new SemaphoreSlim(MostUnderWay);
        var began = time.GetUtcNow();
        var next = began;
        while (true)
        {
            next += TimeSpan.FromSeconds(Pace.SecondsToNext(Pace.RequestsPerSecond(averagePerSecond, next), random));
            var now = time.GetUtcNow();
            if (next > now)
                await Task.Delay(next - now, time, cancel);
            else if (now - next > TimeSpan.FromSeconds(1))
                next = now;
            cancel.ThrowIfCancellationRequested();

            var customer = random.Next(Customers);
            var hours = (next - began).TotalHours;
            var request = Enumerable.Range(0, 1 + random.Next(MostRows)).Select(_ => rows.Draw(customer, hours)).ToArray();
            if (underWay.Wait(0, cancel))
                _ = SendAsync(request, $"customer-{customer:0000}", underWay, cancel);
            else
                counts.Skipped();
        }
    }

    private async Task SendAsync(Row[] rows, string routingKey, SemaphoreSlim underWay, CancellationToken cancel)
    {
        try
        {
            var answer = await predictions.PredictAsync(population.Model, PredictRequest.For(rows, routingKey), cancel);
            foreach (var (row, prediction) in rows.Zip(answer?.Predictions ?? []))
                outcomes.Remember(population, row, prediction);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The demonstration is being stopped; nobody waits for this answer.
        }
        finally
        {
            underWay.Release();
        }
    }
}
