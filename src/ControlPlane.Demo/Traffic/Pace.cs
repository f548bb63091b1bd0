namespace ControlPlane.Demo.Traffic;

/// <summary>How busy the shop is.</summary>
public static class Pace
{
    private const double Swing = 0.4;
    private const double BusiestHour = 15;

    /// <summary>Requests per second at an instant: a day's cosine around the average, busiest in the afternoon (UTC), so that a whole day averages out.</summary>
    public static double RequestsPerSecond(double average, DateTimeOffset at) =>
        average * (1 + (Swing * Math.Cos(2 * Math.PI * (at.UtcDateTime.TimeOfDay.TotalHours - BusiestHour) / 24)));

    /// <summary>Seconds until the next request of independent customers: exponentially distributed.</summary>
    public static double SecondsToNext(double requestsPerSecond, Random random) => -Math.Log(1 - random.NextDouble()) / requestsPerSecond;
}
