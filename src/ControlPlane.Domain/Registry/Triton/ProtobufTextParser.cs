namespace ControlPlane.Domain.Registry.Triton;

/// <summary>Puts the tokens together into fields.</summary>
internal sealed class ProtobufTextParser(ProtobufTextTokens tokens)
{
    private int _count;

    public IReadOnlyList<ProtobufTextField> Document()
    {
        var fields = Fields(depth: 0);
        return tokens.Kind == ProtobufTextToken.End ? fields : throw tokens.Unexpected("a field's name");
    }

    private List<ProtobufTextField> Fields(int depth)
    {
        var fields = new List<ProtobufTextField>();
        while (tokens.Kind == ProtobufTextToken.Name)
        {
            ReadField(fields, depth);
            if (!tokens.Take(',')) tokens.Take(';');
        }

        return fields;
    }

    private void ReadField(List<ProtobufTextField> fields, int depth)
    {
        var (name, line, column) = (tokens.Value, tokens.Line, tokens.Column);
        tokens.Advance();
        // Only messages and lists of them may do without the colon.
        var hasColon = tokens.Take(':');
        if (!hasColon && !tokens.Is('{') && !tokens.Is('<') && !tokens.Is('[')) throw tokens.Unexpected($"':' or '{{' after {name}");
        if (!tokens.Take('['))
        {
            Add(fields, Value(name, line, column, depth));
            return;
        }

        if (tokens.Take(']')) return;
        do
        {
            if (!hasColon && !tokens.Is('{') && !tokens.Is('<')) throw tokens.Unexpected($"a message in the list of {name}, as no ':' stands before it,");
            Add(fields, Value(name, tokens.Line, tokens.Column, depth));
        }
        while (tokens.Take(','));
        tokens.Expect(']');
    }

    private ProtobufTextField Value(string name, int line, int column, int depth)
    {
        if (tokens.Is('{') || tokens.Is('<')) return Message(name, line, column, depth);
        var kind = tokens.Kind switch
        {
            ProtobufTextToken.Text => ProtobufTextKind.Text,
            ProtobufTextToken.Number => ProtobufTextKind.Number,
            ProtobufTextToken.Name => ProtobufTextKind.Word,
            _ => throw tokens.Unexpected($"a value of {name}"),
        };
        var text = tokens.Value;
        tokens.Advance();
        return new(name, kind, text, [], line, column);
    }

    private ProtobufTextField Message(string name, int line, int column, int depth)
    {
        if (depth + 1 >= ProtobufText.MaxDepth) throw new ProtobufTextException(line, column, $"messages are nested deeper than {ProtobufText.MaxDepth}");
        var close = tokens.Is('{') ? '}' : '>';
        tokens.Advance();
        var fields = Fields(depth + 1);
        if (!tokens.Is(close)) throw tokens.Unexpected($"a field of {name} or '{close}'");
        tokens.Advance();
        return new(name, ProtobufTextKind.Message, "", fields, line, column);
    }

    private void Add(List<ProtobufTextField> fields, ProtobufTextField field)
    {
        if (++_count > ProtobufText.MaxFields) throw new ProtobufTextException(field.Line, field.Column, $"there are more than {ProtobufText.MaxFields} fields");
        fields.Add(field);
    }
}
