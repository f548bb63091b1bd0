using System.Buffers;
using System.Text.Json;
using ControlPlane.OnnxRuntime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ControlPlane.Benchmarks;

/// <summary>The same Kestrel parsing the same JSON and calling ONNX Runtime, with no contract, routing or telemetry.</summary>
internal static class Ceiling
{
    private static InferenceSession? _session;

    public static async Task<int> Serve(int port)
    {
        _session = InferenceSession.Load(RowOf20.Artifact, OnnxRuntime.SessionOptions.Default, CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://localhost:{port}");
        var app = builder.Build();
        app.MapGet("/ready", () => "ready");
        app.MapPost("/row", context => Answer(context, tensorForm: false));
        app.MapPost("/tensor", context => Answer(context, tensorForm: true));
        await app.RunAsync();
        return 0;
    }

    private static async Task Answer(HttpContext context, bool tensorForm)
    {
        var body = await context.Request.BodyReader.ReadAtLeastAsync((int)(context.Request.ContentLength ?? 1));
        var features = new float[RowOf20.Columns];
        Read(body.Buffer, tensorForm, features);
        context.Request.BodyReader.AdvanceTo(body.Buffer.End);
        var outputs = _session!.Run([new NamedTensor("features", new Tensor<float>(features, 1, RowOf20.Columns))], ["probabilities"], CancellationToken.None);
        context.Response.ContentType = "application/json";
        Write(context.Response.BodyWriter, ((Tensor<float>)outputs[0].Tensor).Span[1]);
        await context.Response.BodyWriter.FlushAsync();
    }

    /// <summary>Takes every number below "instances" or "data" in the order in which it stands.</summary>
    private static void Read(ReadOnlySequence<byte> json, bool tensorForm, float[] features)
    {
        var reader = new Utf8JsonReader(json);
        var column = 0;
        var inData = !tensorForm;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) inData = !tensorForm || reader.ValueTextEquals("data"u8);
            else if (inData && reader.TokenType == JsonTokenType.Number) features[column++] = (float)reader.GetDouble();
        }
    }

    private static void Write(IBufferWriter<byte> output, float score)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartArray("predictions");
        writer.WriteStartObject();
        writer.WriteNumber("score", score);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
