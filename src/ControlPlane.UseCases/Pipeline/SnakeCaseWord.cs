using System.Text.Json;

namespace ControlPlane.UseCases.Pipeline;

/// <summary>Enumeration values as they are written outside: <c>rolled_back</c>.</summary>
public static class SnakeCaseWord
{
    public static string Of<T>(T value) where T : struct, Enum => Words<T>.ByValue[value];

    /// <summary>The value of a word, exactly as written; null when it is none.</summary>
    public static T? Parse<T>(string? word) where T : struct, Enum => word is not null && Words<T>.ByWord.TryGetValue(word, out var value) ? value : null;

    /// <summary>Every word, for sentences that say what is possible.</summary>
    public static string All<T>() where T : struct, Enum => string.Join(", ", Words<T>.ByWord.Keys);

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
