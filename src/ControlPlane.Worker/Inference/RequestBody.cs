using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace ControlPlane.Worker.Inference;

/// <summary>A request's body in one piece of pooled memory, within the limit.</summary>
internal readonly struct RequestBody : IDisposable
{
    public const string JsonLengthHeader = "Inference-Header-Content-Length";
    private const int FirstBytes = 4096;
    private readonly byte[] _pooled;

    private RequestBody(byte[] pooled, int length, int jsonBytes) => (_pooled, Memory, JsonBytes) = (pooled, pooled.AsMemory(0, length), jsonBytes);

    public ReadOnlyMemory<byte> Memory { get; }

    /// <summary>Length of the JSON in front of binary tensors; the whole body without the header that says so.</summary>
    public int JsonBytes { get; }

    public static async ValueTask<RequestBody> Read(HttpContext context, int maxBytes)
    {
        var request = context.Request;
        if (request.ContentLength > maxBytes) throw TooLarge(maxBytes);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = maxBytes;
        var pooled = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstBytes));
        try
        {
            var length = 0;
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(context.RequestAborted);
                if (length + read.Buffer.Length > maxBytes) throw TooLarge(maxBytes);
                pooled = Append(pooled, length, read.Buffer);
                length += (int)read.Buffer.Length;
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return new(pooled, length, JsonLength(request, length));
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(pooled);
            throw;
        }
    }

    public static string TooLargeSentence(int maxBytes) => $"the body is larger than {maxBytes} bytes";

    public void Dispose() => ArrayPool<byte>.Shared.Return(_pooled);

    private static byte[] Append(byte[] pooled, int length, ReadOnlySequence<byte> more)
    {
        var needed = length + (int)more.Length;
        if (needed > pooled.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, pooled.Length * 2));
            pooled.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(pooled);
            pooled = larger;
        }

        more.CopyTo(pooled.AsSpan(length));
        return pooled;
    }

    private static int JsonLength(HttpRequest request, int length)
    {
        if (!request.Headers.TryGetValue(JsonLengthHeader, out var header)) return length;
        return int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var json) && json > 0 && json <= length
            ? json
            : throw new RequestException(StatusCodes.Status400BadRequest, $"{JsonLengthHeader}: must be the length of the JSON, from 1 to {length} (is {header})");
    }

    private static RequestException TooLarge(int maxBytes) => new(StatusCodes.Status413PayloadTooLarge, TooLargeSentence(maxBytes));
}
