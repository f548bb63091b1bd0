using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ControlPlane.Worker.Inference;

/// <summary>Where an answer is written whole before its first byte is sent, so that a failure can still become an error. Used again and again.</summary>
internal sealed class AnswerBuffer
{
    private const int MostKeptBytes = 1024 * 1024;
    private const int MostIdle = 256;
    private static readonly ConcurrentQueue<AnswerBuffer> Idle = new();

    private AnswerBuffer() => Json = new(Bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public ArrayBufferWriter<byte> Bytes { get; } = new(1024);

    public Utf8JsonWriter Json { get; }

    public static AnswerBuffer Rent() => Idle.TryDequeue(out var buffer) ? buffer : new();

    public static void Return(AnswerBuffer buffer)
    {
        buffer.Reset();
        if (buffer.Bytes.Capacity <= MostKeptBytes && Idle.Count < MostIdle) Idle.Enqueue(buffer);
    }

    /// <summary>Forgets what was written.</summary>
    public void Reset()
    {
        Bytes.ResetWrittenCount();
        Json.Reset(Bytes);
    }
}
