using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace ControlPlane.UseCases.Registry;

/// <summary>
/// A CSV file as a stream of rows: commas, UTF-8 (with or without its mark), quotes as in RFC 4180, the first line names the columns. Whatever is
/// wrong becomes a problem with line and column; the rows after it are still looked at.
/// </summary>
internal sealed class CsvTable : IDisposable
{
    public const int MaxColumns = 10_000;
    public const int MaxCellCharacters = 65_536;
    private const int MaxRecordCharacters = 16 * 1024 * 1024;

    // No character of any text: stands where bytes were that are not UTF-8, so that line and column can be told.
    private const char NotText = '\uFFFE';
    private static readonly Encoding Utf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(NotText.ToString()));

    private readonly CsvProblems _problems;
    private readonly RecordLimit _text;
    private readonly CsvParser _parser;
    private string[] _cells = [];
    private bool _isBadCell;

    public CsvTable(Stream stream, CsvProblems problems)
    {
        _problems = problems;
        _text = new RecordLimit(new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false, leaveOpen: true), MaxRecordCharacters);
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Mode = CsvMode.RFC4180,
            Delimiter = ",",
            IgnoreBlankLines = true,
            BadDataFound = _ => _isBadCell = true,
            MaxFieldSize = MaxCellCharacters,
            ExceptionMessagesContainRawData = false,
        });
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Line of the file at which the present row begins.</summary>
    public long Line { get; private set; }

    /// <summary>The present row, as many cells as the header has.</summary>
    public IReadOnlyList<string> Cells => _cells;

    /// <summary>Reads the names of the columns; false after a problem.</summary>
    /// <param name="isKnown">Whether a name means something to the reader of the table; a header without any is no header.</param>
    /// <param name="expected">What the names could be, for the sentence.</param>
    public async Task<bool> ReadHeader(Func<string, bool> isKnown, string expected)
    {
        if (!await Next()) return Refuse("holds no rows");
        // The mark is taken off by hand: the decoder leaves it in front of the first name.
        var names = TakeCells().Select((cell, i) => i == 0 ? cell.TrimStart('\uFEFF') : cell).ToArray();
        if (_problems.Found.Count > 0) return false;
        if (CsvHeader.Refusal(names, isKnown, expected) is { } sentence) return RefuseHeader(sentence);
        foreach (var (i, name) in names.Index())
        {
            if (name.Trim().Length == 0) _problems.Add(1, $"column {i + 1} has no name");
            else if (name.Trim() != name) _problems.Add(1, name, "begins or ends with a space; take the spaces away");
            else if (Array.IndexOf(names, name) < i) _problems.Add(1, name, "names two columns");
        }

        Header = names;
        return _problems.Found.Count == 0;
    }

    /// <summary>Goes to the next whole row, past those that have too few or too many cells; false at the end or when enough problems are known.</summary>
    public async Task<bool> Read()
    {
        while (!_problems.IsFull && await Next())
        {
            if (_parser.Count != Header.Count)
            {
                _problems.Add(Line, $"has {_parser.Count} cells, but the header names {Header.Count} columns");
                continue;
            }

            var before = _problems.Found.Count;
            _cells = TakeCells();
            if (_problems.Found.Count == before) return true;
        }

        return false;
    }

    public void Dispose()
    {
        _parser.Dispose();
        _text.Dispose();
    }

    private async Task<bool> Next()
    {
        _text.Reset();
        var lineBefore = _parser.RawRow;
        try
        {
            var isThere = await _parser.ReadAsync();
            Line = Math.Max(lineBefore + 1, _parser.RawRow - LineBreaksWithin());
            return isThere;
        }
        catch (MaxFieldSizeException)
        {
            _problems.Add(lineBefore + 1, $"has a cell of more than {MaxCellCharacters} characters, or a quote that is never closed");
        }
        catch (RecordTooLongException)
        {
            _problems.Add(lineBefore + 1, $"has more than {MaxRecordCharacters} characters");
        }

        return false;
    }

    private int LineBreaksWithin() => _parser.Count == 0 ? 0 : _parser.RawRecord.TrimEnd('\r', '\n').Count(character => character == '\n');

    private string[] TakeCells()
    {
        var cells = new string[_parser.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            _isBadCell = false;
            cells[i] = _parser[i];
            if (_isBadCell) _problems.Add(Line, NameOf(i), "has a quote in the wrong place; a cell with quotes stands in quotes, and each quote in it is doubled");
            else if (cells[i].Contains(NotText, StringComparison.Ordinal)) _problems.Add(Line, NameOf(i), "holds bytes that are not UTF-8; save the file as UTF-8");
        }

        return cells;
    }

    private string NameOf(int column) => column < Header.Count ? Header[column] : $"column {column + 1}";

    private bool Refuse(string sentence)
    {
        if (_problems.Found.Count == 0) _problems.Add(sentence);
        return false;
    }

    private bool RefuseHeader(string sentence)
    {
        _problems.Add(1, sentence);
        return false;
    }
}
