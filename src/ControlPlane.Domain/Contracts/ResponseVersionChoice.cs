using System.Globalization;

namespace ControlPlane.Domain.Contracts;

/// <summary>Which form of the answer a client gets that asks for a version.</summary>
/// <param name="IsPrevious">The previous major, rendered out of the present outputs; otherwise the present one.</param>
/// <param name="Refusal">Null, or the sentence that follows <c>response_version</c>.</param>
public readonly record struct ResponseVersionChoice(bool IsPrevious, string? Refusal)
{
    private const string Grammar = "a major version or major.minor, as in 1 or 1.3";

    /// <summary>The major alone decides: minors add and never take away, and the answer says its own version. Nothing wanted gives the present form.</summary>
    /// <param name="wanted">A major, or major.minor: <c>1</c> or <c>1.3</c>.</param>
    /// <param name="version">The version of the model, for the sentence: not every version serves the same.</param>
    public static ResponseVersionChoice Of(ResponseForm form, string? wanted, int version)
    {
        if (wanted is null) return new(false, null);
        if (string.IsNullOrWhiteSpace(wanted)) return new(false, $"must not be empty; give {Grammar}, or leave it out");
        if (!TryReadMajor(wanted, out var major)) return new(false, $"must be {Grammar} (is {Shorten(wanted)})");
        if (major == form.Major) return new(false, null);
        if (major == form.Previous?.Major) return new(true, null);
        var served = form.Previous is { } previous ? $"served are {form.Version} and {previous.Version}" : $"served is {form.Version}";
        var until = major > form.Major ? $". Until a version with it is the champion, ask for {form.Major}" : "";
        return new(false, $"{wanted} is not served by version {version}; {served}{until}");
    }

    /// <summary>
    /// The form for a client that does not say which: the champion's major where this version serves it, so that a split between two versions never mixes two forms;
    /// otherwise the present one.
    /// </summary>
    /// <param name="championMajor">Null where the client named the version, or no champion is known.</param>
    public static ResponseVersionChoice Unasked(ResponseForm form, int? championMajor) => new(championMajor is { } major && major == form.Previous?.Major, null);

    private static bool TryReadMajor(string wanted, out int major)
    {
        var point = wanted.IndexOf('.');
        var isRead = TryReadNumber(point < 0 ? wanted : wanted.AsSpan(0, point), out major);
        return isRead && (point < 0 || TryReadNumber(wanted.AsSpan(point + 1), out _));
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Shorten(string text) => text.Length <= 20 ? text : text[..19] + "…";
}
