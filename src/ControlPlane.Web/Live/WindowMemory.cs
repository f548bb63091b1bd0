using ControlPlane.UseCases.Telemetry;

namespace ControlPlane.Web.Live;

/// <summary>The windows of the last minutes, kept between looks so that each look reads only the newest.</summary>
public static class WindowMemory
{
    /// <summary>Known windows with the ones read put in their place, without those that ended before the horizon, oldest first.</summary>
    public static IReadOnlyList<WindowView> Merge(IReadOnlyList<WindowView> known, IReadOnlyList<WindowView> read, DateTimeOffset horizon)
    {
        var newest = new Dictionary<(string, string, int, Domain.Serving.TrafficRole, DateTimeOffset), WindowView>();
        foreach (var window in known.Concat(read))
            newest[(window.Environment, window.Model, window.Version, window.Role, window.Start)] = window;
        return [.. newest.Values.Where(window => window.Start.AddSeconds(window.Seconds) > horizon).OrderBy(window => window.Start)];
    }
}
