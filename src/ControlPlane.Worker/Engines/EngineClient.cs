using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Inference;

namespace ControlPlane.Worker.Engines;

/// <summary>Speaks the Open Inference Protocol with binary tensors to an engine child.</summary>
internal sealed class EngineClient : IDisposable
{
    private static readonly Uri Infer = new($"http://engine/v2/models/{EngineProgram.Model}/infer");
    private static readonly Uri Metadata = new($"http://engine/v2/models/{EngineProgram.Model}");
    private readonly HttpClient _http;

    public EngineClient(string socket)
    {
        var endpoint = new UnixDomainSocketEndPoint(socket);
        _http = new(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await connection.ConnectAsync(endpoint, cancellation);
                    return new NetworkStream(connection, ownsSocket: true);
                }
                catch
                {
                    connection.Dispose();
                    throw;
                }
            },
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public async Task<(IReadOnlyList<TensorSignature> Inputs, IReadOnlyList<TensorSignature> Outputs)> ReadSignature(CancellationToken cancellation)
    {
        using var answer = JsonDocument.Parse(await _http.GetByteArrayAsync(Metadata, cancellation));
        return (Signatures(answer.RootElement, "inputs"), Signatures(answer.RootElement, "outputs"));
    }

    public async Task<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        var jsonBytes = Write(body, inputs, outputNames);
        using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = content };
        request.Headers.Add(RequestBody.JsonLengthHeader, jsonBytes.ToString(CultureInfo.InvariantCulture));
        using var response = await _http.SendAsync(request, cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (response.StatusCode != HttpStatusCode.OK) throw Refused(response.StatusCode, bytes);
        var length = int.Parse(response.Headers.GetValues(RequestBody.JsonLengthHeader).Single(), CultureInfo.InvariantCulture);
        using var answer = JsonDocument.Parse(bytes.AsMemory(0, length));
        return Read(answer.RootElement, bytes.AsMemory(length));
    }

    public void Dispose() => _http.Dispose();

    private static int Write(ArrayBufferWriter<byte> body, IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames)
    {
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("parameters"u8);
            json.WriteBoolean("binary_data_output"u8, true);
            json.WriteEndObject();
            json.WriteStartArray("inputs"u8);
            foreach (var (name, tensor) in inputs)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, name);
                json.WriteString("datatype"u8, TensorElements.DatatypeOf(tensor.ElementType));
                json.WriteStartArray("shape"u8);
                foreach (var axis in tensor.Shape) json.WriteNumberValue(axis);
                json.WriteEndArray();
                json.WriteStartObject("parameters"u8);
                json.WriteNumber("binary_data_size"u8, TensorBytes.Size(tensor));
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("outputs"u8);
            foreach (var name in outputNames)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var length = body.WrittenCount;
        foreach (var input in inputs) TensorBytes.Write(input.Tensor, body);
        return length;
    }

    private static List<NamedTensor> Read(JsonElement answer, ReadOnlyMemory<byte> binary)
    {
        var tensors = new List<NamedTensor>();
        foreach (var output in answer.GetProperty("outputs").EnumerateArray())
        {
            var name = output.GetProperty("name").GetString()!;
            var bytes = output.GetProperty("parameters").GetProperty("binary_data_size").GetInt32();
            var type = TensorElements.TypeOf(output.GetProperty("datatype").GetString()!);
            tensors.Add(new(name, TensorElements.FromBytes(type, Shape(output), binary.Span[..bytes], name)));
            binary = binary[bytes..];
        }

        return tensors;
    }

    private static OrtException Refused(HttpStatusCode status, byte[] bytes)
    {
        using var answer = JsonDocument.Parse(bytes);
        var code = status == HttpStatusCode.BadRequest ? OrtErrorCode.InvalidArgument : OrtErrorCode.Fail;
        return new(code, answer.RootElement.GetProperty("error").GetString()!);
    }

    private static List<TensorSignature> Signatures(JsonElement answer, string role) => [.. answer.GetProperty(role).EnumerateArray().Select(tensor => new TensorSignature(
        tensor.GetProperty("name").GetString()!,
        TensorElements.TypeOf(tensor.GetProperty("datatype").GetString()!),
        Shape(tensor),
        [],
        ValueKind.Tensor))];

    private static long[] Shape(JsonElement tensor) => [.. tensor.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt64())];
}
