using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Serving;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Inference;
using ControlPlane.Worker.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Worker.Tests.Serving;

/// <summary>The inference endpoints on a real Kestrel at a free port, over real models.</summary>
internal sealed class ServingHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<LoadedVersion> _versions = [];

    private ServingHost(WebApplication app) => (_app, Client) = (app, new() { BaseAddress = new Uri(app.Urls.First()) });

    public RecordingSink Sink => (RecordingSink)_app.Services.GetRequiredService<IPredictionSink>();

    public RecordingMirrors Mirrors => (RecordingMirrors)_app.Services.GetRequiredService<IMirrorQueue>();

    public ServingTableHolder Tables => _app.Services.GetRequiredService<ServingTableHolder>();

    public HttpClient Client { get; }

    public static string ModelPath(string name) => Path.Combine(AppContext.BaseDirectory, "Models", name + ".onnx");

    public static async Task<ServingHost> Start(params LoadedVersion[] versions)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ServingTableHolder>().AddSingleton<IPredictionSink, RecordingSink>().AddSingleton<IMirrorQueue, RecordingMirrors>()
            .AddSingleton(new InferenceSettings(MaxBodyBytes: 1024 * 1024));
        var app = builder.Build();
        InferenceApi.Map(app);
        await app.StartAsync();
        var host = new ServingHost(app);
        host.Serve(versions);
        return host;
    }

    public static Task<LoadedVersion> Load(string model, int version, string contract, string artifact, EnginePlace place = EnginePlace.OwnProcess, EngineSettings? settings = null, GraphSource? preparation = null) =>
        LoadedVersion.Load(
            new VersionSource(model, version, contract, ModelPath(artifact)) { Preparation = preparation }, place,
            settings ?? EngineSettings.Default(Path.Combine(Path.GetTempPath(), "controlplane-tests")), TestContext.Current.CancellationToken);

    /// <summary>Serves each model's lowest version as its champion.</summary>
    public void Serve(params LoadedVersion[] versions) => Serve(
        [.. versions.GroupBy(version => version.Model).Select(group => new TrafficSplit(group.Key, 1, group.Min(version => version.Version), [], [], "salt"))], versions);

    public void Serve(TrafficSplit[] splits, params LoadedVersion[] versions)
    {
        _versions.AddRange(versions.Except(_versions));
        Tables.Swap(ServingTable.Of(true, versions.GroupBy(version => version.Model).Select(group => new ServingModel(
            group.Key, splits.SingleOrDefault(split => split.Model == group.Key), group.ToDictionary(version => version.Version)))));
    }

    public Task<HttpResponseMessage> Post(string path, string json) =>
        Client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async Task<(int Status, JsonElement Body)> PostJson(string path, string json) => await Read(await Post(path, json));

    public async Task<(int Status, JsonElement Body)> GetJson(string path) => await Read(await Client.GetAsync(path, TestContext.Current.CancellationToken));

    /// <summary>Posts JSON with binary tensors behind it; gives the answer's JSON and the bytes behind that.</summary>
    public async Task<(int Status, JsonElement Body, byte[] Binary)> PostBinary(string path, string json, params byte[][] tensors)
    {
        var head = Encoding.UTF8.GetBytes(json);
        var content = new ByteArrayContent([.. head, .. tensors.SelectMany(tensor => tensor)]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Inference-Header-Content-Length", head.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var length = response.Headers.TryGetValues("Inference-Header-Content-Length", out var values) ? int.Parse(values.Single(), System.Globalization.CultureInfo.InvariantCulture) : bytes.Length;
        return ((int)response.StatusCode, JsonDocument.Parse(bytes.AsMemory(0, length)).RootElement, bytes[length..]);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        foreach (var version in _versions) await version.DisposeAsync();
    }

    private static async Task<(int Status, JsonElement Body)> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonDocument.Parse(text).RootElement);
    }
}
