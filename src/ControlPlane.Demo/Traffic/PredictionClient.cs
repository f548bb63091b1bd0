using System.Net.Http.Json;
using System.Text.Json;
using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Traffic;

/// <summary>Asks for predictions as a careful client program does: a node that is gone or full is answered by asking the next one.</summary>
public sealed class PredictionClient(HttpClient http, NodeDirectory nodes, TrafficCounts counts, TimeProvider time)
{
    private const int Rounds = 2;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The answer, or null when every node failed or the request was refused; both are counted.</summary>
    public async Task<PredictAnswer?> PredictAsync(string model, PredictRequest request, CancellationToken cancel)
    {
        var reason = "no node is known";
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var node in nodes.InOrder())
            {
                var began = time.GetTimestamp();
                var attempt = await TryAsync(node, model, request, cancel);
                if (attempt.Answer is { } answer)
                {
                    counts.Answered(model, answer.ModelVersion, time.GetElapsedTime(began).TotalMilliseconds);
                    return answer;
                }

                reason = attempt.Reason;
                if (!attempt.Again)
                {
                    counts.Failed(reason);
                    return null;
                }

                nodes.Failed(node);
                counts.Retried();
            }

            await Task.Delay(Pause * round, time, cancel);
        }

        counts.Failed(reason);
        return null;
    }

    private async Task<Attempt> TryAsync(Uri node, string model, PredictRequest request, CancellationToken cancel)
    {
        try
        {
            using var response = await http.PostAsJsonAsync(new Uri(node, $"/v1/models/{model}:predict"), request, DemoJson.Options, cancel);
            if (response.IsSuccessStatusCode)
                return new(await response.Content.ReadFromJsonAsync<PredictAnswer>(DemoJson.Options, cancel), false, "an empty answer");
            var text = await response.Content.ReadAsStringAsync(cancel);
            return new(null, (int)response.StatusCode is 429 or >= 500, $"{node} answered {(int)response.StatusCode}: {text}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            return new(null, true, $"{node}: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(null, true, $"{node} did not answer within {http.Timeout.TotalSeconds:0} s");
        }
    }

    private sealed record Attempt(PredictAnswer? Answer, bool Again, string Reason);
}
