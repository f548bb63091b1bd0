using System.Globalization;
using ControlPlane.Domain.Serving;
using ControlPlane.Worker.Serving;
using Route = ControlPlane.Domain.Serving.Route;

namespace ControlPlane.Worker.Inference;

/// <summary>The version that answers one request, held open until it is disposed.</summary>
internal readonly struct VersionChoice : IDisposable
{
    // A version may close between the look at the table and the step in; the next table no longer names it.
    private const int Attempts = 3;

    private VersionChoice(LoadedVersion version, TrafficRole role, IReadOnlyList<int> mirroredTo, int? championMajor) =>
        (Version, Role, MirroredTo, ChampionMajor) = (version, role, mirroredTo, championMajor);

    public LoadedVersion Version { get; }

    public TrafficRole Role { get; }

    public IReadOnlyList<int> MirroredTo { get; }

    /// <summary>The major of the champion's answer when the split chose the version; null when the client named it.</summary>
    public int? ChampionMajor { get; }

    /// <param name="wanted">The version that the client names; null lets the split choose by the unit.</param>
    public static VersionChoice Take(ServingTableHolder tables, string model, string? wanted, string unit)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var table = tables.Current;
            if (!table.Models.TryGetValue(model, out var serving)) throw RequestException.UnknownModel(table, model);
            var route = wanted is null ? RouteOf(table, serving, unit) : Named(table, serving, wanted);
            if (!serving.Versions.TryGetValue(route.Version, out var version)) throw NotLoaded(table, model, wanted, route.Version);
            if (version.TryEnter()) return new(version, route.Role, route.MirroredTo, wanted is null ? ChampionMajorOf(serving) : null);
        }

        throw new RequestException(StatusCodes.Status503ServiceUnavailable, $"model {model} is changing versions; try again");
    }

    public void Dispose() => Version.Leave();

    private static Route RouteOf(ServingTable table, ServingModel serving, string unit) => serving.Split is { } split
        ? TrafficRouter.Route(split, unit)
        : throw RequestException.NotReleased(table, serving);

    private static int? ChampionMajorOf(ServingModel serving) =>
        serving.Split is { } split && serving.Versions.TryGetValue(split.Champion, out var champion) ? champion.Contract.Response.Major : null;

    private static Route Named(ServingTable table, ServingModel serving, string wanted)
    {
        if (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) throw RequestException.UnknownVersion(table, serving.Name, wanted);
        return new(version, serving.Split?.Champion == version ? TrafficRole.Champion : TrafficRole.Challenger, []);
    }

    private static RequestException NotLoaded(ServingTable table, string model, string? wanted, int version) => wanted is not null
        ? RequestException.UnknownVersion(table, model, wanted)
        : new(StatusCodes.Status503ServiceUnavailable, $"version {version} of model {model} is not loaded here yet");
}
