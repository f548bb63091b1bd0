using System.Globalization;
using ControlPlane.UseCases.Telemetry;

namespace ControlPlane.Web.Composition;

/// <summary>Every setting of Web, read and checked once at the start; a wrong one stops the start with a sentence that names it.</summary>
public sealed record WebSettings(DataFolders Data, DatabaseChoice Database, NodeSettings Nodes, ScheduleSettings Schedule, TelemetrySettings Telemetry)
{
    public static WebSettings Read(IConfiguration configuration)
    {
        var data = new DataFolders(Path.GetFullPath(configuration["Data:Directory"] ?? "data"));
        return new(
            data,
            DatabaseChoice.Read(configuration, data),
            new(Whole(configuration, "Nodes:Local", 2, 0, 64), Whole(configuration, "Nodes:FirstPort", 5081, 1, 65_000)),
            new(Whole(configuration, "Rollouts:LookSeconds", 2, 1, 3600)),
            new(Whole(configuration, "Telemetry:WindowRetentionDays", 14, 1, 3650)));
    }

    private static int Whole(IConfiguration configuration, string name, int absent, int least, int most)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text)) return absent;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SettingException(name, $"must be a whole number from {least} to {most} (is \"{text}\")");
    }
}

/// <summary>How many nodes Web starts itself, and on which ports.</summary>
public sealed record NodeSettings(int Local, int FirstPort);

/// <summary>How often scheduled use cases look.</summary>
public sealed record ScheduleSettings(int LookSeconds);

/// <summary>A setting with which the program cannot start.</summary>
public sealed class SettingException(string setting, string sentence) : Exception($"Setting {setting} {sentence}.")
{
    public string Setting { get; } = setting;
}
