using System.Text;
using ControlPlane.UseCases.Pipeline;
using Microsoft.Net.Http.Headers;

namespace ControlPlane.Web.Registry;

/// <summary>A part of a multipart body that is text.</summary>
internal static class PartText
{
    private const int MaxBytes = 32 * 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The part as UTF-8 without its mark.</summary>
    public static async Task<string> Read(string name, Stream body, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            if (text.Length + read > MaxBytes) throw new RefusedException(RefusalKind.TooLarge, $"{name}: may have at most {MaxBytes} bytes.");
            text.Write(buffer, 0, read);
        }

        return Decode(name, text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    /// <summary>What the content type says of the form, else the file name's end; null when neither tells.</summary>
    public static bool? IsCsv(string? contentType, string? fileName)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.Value : null;
        if (type is not null && type.Equals("text/csv", StringComparison.OrdinalIgnoreCase)) return true;
        if (type is not null && type.Contains("json", StringComparison.OrdinalIgnoreCase)) return false;
        return Path.GetExtension(fileName ?? "").ToLowerInvariant() switch
        {
            ".csv" => true,
            ".json" or ".jsonl" or ".ndjson" => false,
            _ => null,
        };
    }

    private static string Decode(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw RefusedException.Invalid(name, "is UTF-16; save the file as UTF-8");
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw RefusedException.Invalid(name, $"is not UTF-8 text: line {bytes[..Math.Max(0, fault.Index)].Count((byte)'\n') + 1} holds other bytes; save the file as UTF-8");
        }
    }
}
