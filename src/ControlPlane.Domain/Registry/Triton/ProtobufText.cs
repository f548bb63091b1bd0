using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry.Triton;

/// <summary>What a field of protobuf's text format holds.</summary>
public enum ProtobufTextKind
{
    Message,
    Text,
    Number,

    /// <summary>An enumeration's name, true or false.</summary>
    Word,
}

/// <summary>One field; a list stands there as several fields of one name, as protobuf means it.</summary>
/// <param name="Text">The value of anything but a message; numbers as they are written.</param>
/// <param name="Fields">The fields of a message.</param>
/// <param name="Line">Where the name stands, from 1.</param>
public sealed record ProtobufTextField(string Name, ProtobufTextKind Kind, string Text, IReadOnlyList<ProtobufTextField> Fields, int Line, int Column);

/// <summary>The fields of a document, or the place where it breaks off.</summary>
public sealed record ProtobufTextReading(IReadOnlyList<ProtobufTextField> Fields, Problem? Problem);

/// <summary>
/// Reads protobuf's text format, strictly: messages in braces or angle brackets, lists, text with escapes, numbers, words, comments.
/// It knows no schema; what the fields mean is the reader's affair. Depth and count are bounded.
/// </summary>
public static class ProtobufText
{
    public const int MaxDepth = 32;
    public const int MaxFields = 50_000;

    public static ProtobufTextReading Read(string text, string path)
    {
        try
        {
            return new(new ProtobufTextParser(new ProtobufTextTokens(text)).Document(), null);
        }
        catch (ProtobufTextException error)
        {
            return new([], new Problem(path, error.Message));
        }
    }
}

/// <summary>The text breaks the format; says where.</summary>
internal sealed class ProtobufTextException(int line, int column, string sentence) : Exception($"line {line}, column {column}: {sentence}");
