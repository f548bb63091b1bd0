using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ControlPlane.UseCases.Database;

/// <summary>
/// Instants are stored in UTC and whole microseconds, so that every database gives back the same value and SQLite, which keeps them as text, sorts them rightly.
/// </summary>
public sealed class UtcInstant() : ValueConverter<DateTimeOffset, DateTime>(
    instant => ToColumn(instant),
    column => new DateTimeOffset(DateTime.SpecifyKind(column, DateTimeKind.Utc)))
{
    private static DateTime ToColumn(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
