namespace ControlPlane.Web.Charts;

/// <summary>The stretch of time that neighbouring charts share.</summary>
public sealed record ChartSpan(DateTimeOffset From, DateTimeOffset Until)
{
    public static readonly IReadOnlyList<int> Choices = [5, 15, 30];

    public const int DefaultMinutes = 15;

    /// <summary>The last minutes before now; a number that is not offered becomes the default.</summary>
    public static ChartSpan Last(int? minutes, DateTimeOffset now) => new(now.AddMinutes(-Offered(minutes)), now);

    public static int Offered(int? minutes) => minutes is { } wanted && Choices.Contains(wanted) ? wanted : DefaultMinutes;

    public double FromMilliseconds => From.ToUnixTimeMilliseconds();

    public double UntilMilliseconds => Until.ToUnixTimeMilliseconds();
}
