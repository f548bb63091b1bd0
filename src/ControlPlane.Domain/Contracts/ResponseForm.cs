namespace ControlPlane.Domain.Contracts;

/// <summary>The form of the answer as consumers know it.</summary>
/// <param name="Version">major.minor.</param>
/// <param name="Previous">How to render the previous major for those who ask for it; null: it is no longer served.</param>
public sealed record ResponseForm(string Version = "1.0", PreviousResponse? Previous = null)
{
    public int Major => MajorOf(Version);

    /// <summary>The number before the point.</summary>
    public static int MajorOf(string version) => int.Parse(version.AsSpan(0, version.IndexOf('.')), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The previous major version of the answer, made out of the present outputs (<c>decision</c> among them).</summary>
public sealed record PreviousResponse(string Version, IReadOnlyList<PreviousField> Fields)
{
    public int Major => ResponseForm.MajorOf(Version);
}

/// <summary>A field of the previous form: the output <paramref name="From"/>, times and plus a number, or with its texts renamed.</summary>
public sealed record PreviousField(string Name, string From, double Multiply = 1, double Add = 0, IReadOnlyDictionary<string, string>? Values = null)
{
    /// <summary>Whether numbers are another in the previous form.</summary>
    public bool IsScaled => Multiply != 1 || Add != 0;

    /// <summary>The number as the previous form told it.</summary>
    public double Render(double present) => present * Multiply + Add;

    /// <summary>The text as the previous form told it; one that is not renamed stays.</summary>
    public string Render(string present) => Values?.GetValueOrDefault(present) ?? present;
}
