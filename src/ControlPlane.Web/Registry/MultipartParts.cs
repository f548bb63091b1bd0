using ControlPlane.UseCases.Pipeline;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ControlPlane.Web.Registry;

/// <summary>Walks a multipart body part by part as it arrives.</summary>
internal static class MultipartParts
{
    /// <exception cref="RefusedException">Invalid when the body breaks off or is none.</exception>
    public static async Task Read(HttpRequest request, Func<MultipartPart, Task> read, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw RefusedException.Invalid("Content-Type", "names no boundary of the multipart body");
        var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = 16 * 1024 };
        try
        {
            while (await reader.ReadNextSectionAsync(cancel) is { } section) await read(Part(section));
        }
        catch (Exception fault) when (fault is InvalidDataException || (fault is IOException and not BadHttpRequestException && fault.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal)))
        {
            throw RefusedException.Invalid("body", $"is not a whole multipart body: {fault.Message}");
        }
    }

    private static MultipartPart Part(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return new("", "", section);
        var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.UnescapeAsQuotedString(disposition.FileName);
        return new(HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "", file.Value ?? "", section);
    }
}

/// <summary>One part: its name, the name of its file (empty for a field), and its content.</summary>
internal sealed record MultipartPart(string Name, string FileName, MultipartSection Section);
