namespace ControlPlane.UseCases.Registry;

/// <summary>Text that ends a record that does not end: without it a file of one endless line would be gathered in memory.</summary>
internal sealed class RecordLimit(TextReader text, int maxCharacters) : TextReader
{
    private long _left = maxCharacters;

    /// <summary>Begins the next record.</summary>
    public void Reset() => _left = maxCharacters;

    public override int Read(char[] buffer, int index, int count) => Counted(text.Read(buffer, index, count));

    public override int Read(Span<char> buffer) => Counted(text.Read(buffer));

    public override async Task<int> ReadAsync(char[] buffer, int index, int count) => Counted(await text.ReadAsync(buffer, index, count));

    public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) => Counted(await text.ReadAsync(buffer, cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing) text.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        _left -= read;
        return _left >= 0 ? read : throw new RecordTooLongException();
    }
}

/// <summary>A record has more characters than are held at once.</summary>
internal sealed class RecordTooLongException : Exception;
