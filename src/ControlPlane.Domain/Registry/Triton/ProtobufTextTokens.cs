namespace ControlPlane.Domain.Registry.Triton;

/// <summary>Kinds of tokens of the text format.</summary>
internal enum ProtobufTextToken
{
    End,
    Name,
    Number,
    Text,
    Mark,
}

/// <summary>Cuts text of protobuf's text format into tokens; holds one at a time.</summary>
internal sealed class ProtobufTextTokens
{
    private const string Marks = "{}<>[]:,;";
    private readonly string _text;
    private int _next;
    private int _line = 1;
    private int _lineStart;

    public ProtobufTextTokens(string text)
    {
        _text = text;
        if (text.StartsWith('\uFEFF')) _next = _lineStart = 1;
        Advance();
    }

    public ProtobufTextToken Kind { get; private set; }

    public string Value { get; private set; } = "";

    public int Line { get; private set; }

    public int Column { get; private set; }

    public bool Is(char mark) => Kind == ProtobufTextToken.Mark && Value[0] == mark;

    /// <summary>Steps over the mark when it stands here.</summary>
    public bool Take(char mark)
    {
        if (!Is(mark)) return false;
        Advance();
        return true;
    }

    public void Expect(char mark)
    {
        if (!Take(mark)) throw Unexpected($"'{mark}'");
    }

    public ProtobufTextException Unexpected(string wanted) =>
        new(Line, Column, $"{wanted} is expected, but there is {(Kind == ProtobufTextToken.End ? "the end" : Kind == ProtobufTextToken.Text ? "text" : Shorten(Value))}");

    public void Advance()
    {
        SkipBlanks();
        (Line, Column) = (_line, _next - _lineStart + 1);
        if (_next >= _text.Length)
        {
            (Kind, Value) = (ProtobufTextToken.End, "");
            return;
        }

        var first = _text[_next];
        (Kind, Value) = first switch
        {
            _ when Marks.Contains(first, StringComparison.Ordinal) => (ProtobufTextToken.Mark, _text.Substring(_next++, 1)),
            '"' or '\'' => (ProtobufTextToken.Text, ReadText(first)),
            _ when char.IsAsciiLetter(first) || first == '_' => (ProtobufTextToken.Name, ReadWord()),
            _ when char.IsAsciiDigit(first) || first is '-' or '.' => (ProtobufTextToken.Number, ReadNumber()),
            _ => throw Fault($"the character {(char.IsControl(first) ? $"U+{(int)first:X4}" : first)} has no meaning here"),
        };
    }

    private void SkipBlanks()
    {
        for (; _next < _text.Length; _next++)
        {
            var here = _text[_next];
            if (here == '#')
            {
                var end = _text.IndexOf('\n', _next);
                _next = end < 0 ? _text.Length : end;
                if (end < 0) return;
                here = '\n';
            }

            if (here == '\n') (_line, _lineStart) = (_line + 1, _next + 1);
            else if (here is not (' ' or '\t' or '\r' or '\v' or '\f')) return;
        }
    }

    private string ReadWord()
    {
        var start = _next;
        while (_next < _text.Length && (char.IsAsciiLetterOrDigit(_text[_next]) || _text[_next] == '_')) _next++;
        return _text[start.._next];
    }

    private string ReadNumber()
    {
        var start = _next;
        if (_text[_next] == '-')
        {
            _next++;
            while (_next < _text.Length && _text[_next] is ' ' or '\t') _next++;
        }

        var digits = _next;
        while (_next < _text.Length && (char.IsAsciiLetterOrDigit(_text[_next]) || _text[_next] is '.' || (_text[_next] is '+' or '-' && _text[_next - 1] is 'e' or 'E'))) _next++;
        var number = _text[start..digits].TrimEnd() + _text[digits.._next];
        return ProtobufTextNumber.IsNumber(number) ? number : throw Fault($"{Shorten(number)} is no number");
    }

    // Neighbouring texts are one text.
    private string ReadText(char quote)
    {
        var text = new ProtobufTextLiteral();
        while (true)
        {
            _next++;
            while (true)
            {
                if (_next >= _text.Length || _text[_next] is '\n') throw Fault("this text has no end");
                if (_text[_next] == quote) break;
                if (!text.Append(_text, ref _next)) throw new ProtobufTextException(_line, _next - _lineStart + 1, "this escape is not known");
            }

            _next++;
            SkipBlanks();
            if (_next >= _text.Length || _text[_next] is not ('"' or '\'')) return text.Decode() ?? throw Fault("this text is not valid UTF-8");
            quote = _text[_next];
        }
    }

    private ProtobufTextException Fault(string sentence) => new(Line, Column, sentence);

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
