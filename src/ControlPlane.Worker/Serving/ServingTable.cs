using System.Collections.Frozen;

namespace ControlPlane.Worker.Serving;

/// <summary>What the node serves at one moment. Immutable: a request reads one table from its start to its end.</summary>
/// <param name="Ready">Whether the node has applied what it was told since it started; answers <c>/v2/health/ready</c>.</param>
public sealed record ServingTable(bool Ready, FrozenDictionary<string, ServingModel> Models)
{
    public static ServingTable Empty { get; } = new(false, FrozenDictionary<string, ServingModel>.Empty);

    public static ServingTable Of(bool ready, IEnumerable<ServingModel> models) =>
        new(ready, models.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal));
}
