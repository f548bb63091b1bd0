using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ControlPlane.Demo.Surface;

/// <summary>The control plane's HTTP surface, as far as the demonstration calls it. The client's base address is Web's; its default headers hold the API key.</summary>
public sealed class ControlPlaneClient(HttpClient http, TimeProvider time)
{
    private const int Attempts = 5;

    public static HttpClient Connect(Uri web, string apiKey)
    {
        var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
        {
            BaseAddress = web,
            Timeout = TimeSpan.FromSeconds(60),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return http;
    }

    /// <summary>Whether Web says that it is ready; an answer that doesn't come means no.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        try
        {
            using var response = await http.GetAsync("/readyz", cancel);
            return response.IsSuccessStatusCode;
        }
        catch (Exception gone) when (IsTransient(gone, cancel))
        {
            return false;
        }
    }

    /// <summary>The model, or null when there is none of that name.</summary>
    public Task<ModelView?> FindModelAsync(string model, CancellationToken cancel) => FindAsync<ModelView>($"/api/v1/models/{model}", cancel);

    public Task CreateModelAsync(string name, string description, CancellationToken cancel) =>
        SendAsync<ModelView>(HttpMethod.Post, "/api/v1/models", () => Json(new { name, description }), cancel);

    /// <summary>Says who reads the model's answers. One of that name is left as it is.</summary>
    public async Task RegisterConsumerAsync(string model, ConsumerDraft consumer, CancellationToken cancel)
    {
        try
        {
            await SendAsync<ConsumerView>(HttpMethod.Post, $"/api/v1/models/{model}/consumers", () => Json(consumer), cancel);
        }
        catch (WebCallException refused) when (refused.Status == HttpStatusCode.Conflict)
        {
            // Registered by an earlier start.
        }
    }

    /// <summary>Uploads artifact, contract, golden samples and reference rows of a folder. The same release again answers with the version that is there.</summary>
    public async Task<UploadedVersion> UploadAsync(string model, string folder, string notes, CancellationToken cancel)
    {
        var artifact = await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx"), cancel);
        var contract = await File.ReadAllTextAsync(Path.Combine(folder, "contract.json"), cancel);
        var golden = await File.ReadAllTextAsync(Path.Combine(folder, "golden.jsonl"), cancel);
        var baseline = await File.ReadAllBytesAsync(Path.Combine(folder, "baseline.csv"), cancel);
        return await SendAsync<UploadedVersion>(HttpMethod.Post, $"/api/v1/models/{model}/versions", Form, cancel);

        HttpContent Form() => new MultipartFormDataContent
        {
            { new StringContent(contract), "contract" },
            { new StringContent(golden), "golden" },
            { new StringContent(notes), "notes" },
            { new ByteArrayContent(baseline) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "baseline", "baseline.csv" },
            { new ByteArrayContent(artifact) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, "artifact", "model.onnx" },
        };
    }

    public Task<VersionView> VersionAsync(string model, int version, CancellationToken cancel) =>
        SendAsync<VersionView>(HttpMethod.Get, $"/api/v1/models/{model}/versions/{version}", NoBody, cancel);

    public Task<IReadOnlyList<RolloutView>> RolloutsAsync(string model, CancellationToken cancel) =>
        SendAsync<IReadOnlyList<RolloutView>>(HttpMethod.Get, $"/api/v1/rollouts?model={model}", NoBody, cancel);

    public Task<RolloutView> RolloutAsync(long id, CancellationToken cancel) =>
        SendAsync<RolloutView>(HttpMethod.Get, $"/api/v1/rollouts/{id}", NoBody, cancel);

    public Task<RolloutView> DraftAsync(RolloutDraft draft, CancellationToken cancel) =>
        SendAsync<RolloutView>(HttpMethod.Post, "/api/v1/rollouts", () => Json(draft), cancel);

    public Task<RolloutView> SubmitAsync(long id, string reason, CancellationToken cancel) =>
        SendAsync<RolloutView>(HttpMethod.Post, $"/api/v1/rollouts/{id}/submit", () => Json(new { reason }), cancel);

    public Task<IReadOnlyList<NodeView>> NodesAsync(CancellationToken cancel) =>
        SendAsync<IReadOnlyList<NodeView>>(HttpMethod.Get, "/api/v1/nodes", NoBody, cancel);

    public Task<OutcomeReceipt> ReportOutcomesAsync(IReadOnlyList<OutcomeReport> outcomes, CancellationToken cancel) =>
        SendAsync<OutcomeReceipt>(HttpMethod.Post, "/api/v1/outcomes", () => Json(outcomes), cancel);

    private static HttpContent? NoBody() => null;

    private static JsonContent Json<T>(T value) => JsonContent.Create(value, options: DemoJson.Options);

    private async Task<T?> FindAsync<T>(string path, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await SendAsync<T>(HttpMethod.Get, path, NoBody, cancel);
        }
        catch (WebCallException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Tries again, a few times and ever later, what may pass; anything else is thrown with Web's own words.</summary>
    private async Task<T> SendAsync<T>(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync<T>(method, path, body(), cancel);
            }
            catch (WebCallException failure) when (attempt < Attempts && failure.MayPass)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancel);
            }
        }
    }

    private async Task<T> SendOnceAsync<T>(HttpMethod method, string path, HttpContent? body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body };
            using var response = await http.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync<T>(DemoJson.Options, cancel) ?? throw new JsonException("The answer is null.");
            throw new WebCallException(response.StatusCode, $"{method} {path} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancel)}");
        }
        catch (Exception failure) when (IsTransient(failure, cancel) || failure is JsonException)
        {
            throw new WebCallException(null, $"{method} {path}: {failure.Message}", failure);
        }
    }

    private static bool IsTransient(Exception exception, CancellationToken cancel) =>
        exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancel.IsCancellationRequested);
}
