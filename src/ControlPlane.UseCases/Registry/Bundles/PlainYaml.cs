using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>One value of a YAML document: a text, a list or a map. A scalar stays the text that it is; null is a plain, empty, <c>~</c> or <c>null</c> scalar.</summary>
internal sealed record PlainYaml(string? Text, IReadOnlyList<PlainYaml>? List, IReadOnlyDictionary<string, PlainYaml>? Map)
{
    private const int MaxDepth = 32;
    private const int MaxValues = 50_000;

    public bool IsNull => Text is null && List is null && Map is null;

    public PlainYaml? this[string key] => Map is not null && Map.TryGetValue(key, out var value) && !value.IsNull ? value : null;

    /// <summary>Reads one document out of its events, never into objects: tags, anchors and aliases are refused, depth and count are bounded.</summary>
    /// <exception cref="YamlException">With the place.</exception>
    public static PlainYaml Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        var left = MaxValues;
        var value = Read(parser, 0, ref left);
        parser.Consume<DocumentEnd>();
        if (!parser.TryConsume<StreamEnd>(out _)) throw new YamlException(parser.Current!.Start, parser.Current.End, "there is a second document");
        return value;
    }

    private static PlainYaml Read(Parser parser, int depth, ref int left)
    {
        var at = parser.Current ?? throw new YamlException("the document ends too early");
        if (at is AnchorAlias) throw Refused(at, "aliases are not read");
        if (at is NodeEvent { Anchor.IsEmpty: false }) throw Refused(at, "anchors are not read");
        if (at is NodeEvent { Tag.IsEmpty: false }) throw Refused(at, "tags are not read");
        if (depth > MaxDepth) throw Refused(at, $"values are nested deeper than {MaxDepth}");
        if (--left < 0) throw Refused(at, $"there are more than {MaxValues} values");
        if (parser.TryConsume<Scalar>(out var scalar)) return new(IsNullText(scalar) ? null : scalar.Value, null, null);
        return parser.TryConsume<SequenceStart>(out _) ? ReadList(parser, depth, ref left) : ReadMap(parser, depth, ref left);
    }

    private static PlainYaml ReadList(Parser parser, int depth, ref int left)
    {
        var list = new List<PlainYaml>();
        while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Read(parser, depth + 1, ref left));
        return new(null, list, null);
    }

    private static PlainYaml ReadMap(Parser parser, int depth, ref int left)
    {
        parser.Consume<MappingStart>();
        var map = new Dictionary<string, PlainYaml>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current!;
            var key = Read(parser, depth + 1, ref left).Text ?? throw Refused(at, "a key must be text");
            if (!map.TryAdd(key, Read(parser, depth + 1, ref left))) throw Refused(at, $"{key} is given twice");
        }

        return new(null, null, map);
    }

    private static bool IsNullText(Scalar scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";

    private static YamlException Refused(ParsingEvent at, string sentence) => new(at.Start, at.End, sentence);
}
