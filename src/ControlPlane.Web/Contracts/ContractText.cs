using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ControlPlane.Web.Contracts;

/// <summary>A contract's text while it is written: where a path stands in it, and the same laid out anew.</summary>
public static class ContractText
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same JSON over lines; null when it is none.</summary>
    public static string? Formatted(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, Readable);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// The line, from 1, at which each path such as <c>inputs/0/name</c> begins; as far as the text is JSON. The empty path stands for the whole, or for the place
    /// where it stops being JSON.
    /// </summary>
    public static IReadOnlyDictionary<string, int> Lines(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = 1 };
        var walk = new Walk(bytes);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                if (walk.Step(reader) is { } path) lines.TryAdd(path, walk.LineAt(reader.TokenStartIndex));
            }
        }
        catch (JsonException broken)
        {
            lines[""] = (int)(broken.LineNumber ?? 0) + 1;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair for a name: JSON by its grammar, and the reader of contracts says what is wrong with it.
            lines[""] = walk.LineAt(reader.TokenStartIndex);
        }

        return lines;
    }

    /// <summary>The place where the text stops being JSON, both from 1, the column in characters; null when it is JSON.</summary>
    public static (int Line, int Column)? Break(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
                // Read to its end, or to what is wrong with it.
            }

            return null;
        }
        catch (JsonException broken)
        {
            var (line, bytes) = ((int)(broken.LineNumber ?? 0), (int)(broken.BytePositionInLine ?? 0));
            var before = Encoding.UTF8.GetBytes(text.Split('\n').ElementAtOrDefault(line) ?? "");
            return (line + 1, Encoding.UTF8.GetCharCount(before, 0, Math.Min(bytes, before.Length)) + 1);
        }
    }

    /// <summary>The line of a path, or of the nearest thing around it: what is missing has no place of its own.</summary>
    public static int LineOf(IReadOnlyDictionary<string, int> lines, string path)
    {
        while (!lines.ContainsKey(path) && path.Length > 0) path = path.LastIndexOf('/') is > 0 and var end ? path[..end] : "";
        return lines.GetValueOrDefault(path, 1);
    }

    private sealed class Walk(byte[] bytes)
    {
        // A path holds the names of all that is around it; long ones would be held once for every value below them.
        private const int LongestName = 256;

        // One entry per open object or list: the name or the place of the value that comes next.
        private readonly List<(string? Name, int Place)> _open = [];
        private long _counted;
        private int _line = 1;

        /// <summary>The path of the value that begins with this token; null for a token that begins none.</summary>
        public string? Step(Utf8JsonReader reader)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    _open[^1] = (NameOf(reader), 0);
                    return null;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.RemoveAt(_open.Count - 1);
                    Next();
                    return null;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    var container = Path();
                    _open.Add(reader.TokenType == JsonTokenType.StartArray ? (null, 0) : ("", 0));
                    return container;
                default:
                    var path = Path();
                    Next();
                    return path;
            }
        }

        public int LineAt(long index)
        {
            for (; _counted < index; _counted++) _line += bytes[_counted] == (byte)'\n' ? 1 : 0;
            return _line;
        }

        private static string NameOf(Utf8JsonReader reader)
        {
            var name = reader.GetString()!;
            return name.Length <= LongestName ? name : name[..LongestName] + "…";
        }

        private void Next()
        {
            if (_open.Count > 0 && _open[^1].Name is null) _open[^1] = (null, _open[^1].Place + 1);
        }

        private string Path() => string.Join('/', _open.Select(part => part.Name ?? part.Place.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
