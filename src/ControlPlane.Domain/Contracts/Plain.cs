using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>Numbers, texts and types as they stand in the sentences of problems.</summary>
internal static class Plain
{
    private const int Longest = 60;

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Cut, so that no sentence or path is as long as a text somebody sent.</summary>
    public static string Short(string text) => text.Length <= Longest ? text : text[..Cut(text)] + "…";

    /// <summary>"a number", "an integer".</summary>
    public static string Kind(FieldType type) => type switch
    {
        FieldType.Integer => "an integer",
        FieldType.Explanation => "an explanation",
        FieldType.Tensor => "a raw tensor",
        _ => $"a {Word(type)}",
    };

    public static string Word(FieldType type) => type.ToString().ToLowerInvariant();

    // Half of a surrogate pair would make the sentence itself invalid.
    private static int Cut(string text) => char.IsHighSurrogate(text[Longest - 4]) ? Longest - 4 : Longest - 3;
}
