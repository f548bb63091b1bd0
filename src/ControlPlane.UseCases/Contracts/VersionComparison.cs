using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Database;

namespace ControlPlane.UseCases.Contracts;

/// <summary>A version as one side of a comparison.</summary>
public sealed record Side(string Model, int Version, string ReleaseDigest, Contract Contract)
{
    public static Side Of(ModelVersion version)
    {
        var reading = ContractReader.Read(version.ContractJson);
        return new(version.Model, version.Version, version.ReleaseDigest, reading.Contract
            ?? throw new InvalidOperationException($"The stored contract of {version.Model} {version.Version} cannot be read: {string.Join("; ", reading.Problems)}"));
    }
}

/// <summary>A consumer that is hit, with the digest that its acknowledgement must carry.</summary>
public sealed record HitConsumer(HitConsumerView View, string ChangesDigest);

/// <summary>Two versions compared, and whom the changes hit under the model's mode.</summary>
public sealed record VersionComparison(CompatibilityMode Mode, Side Before, Side After)
{
    /// <summary>Every consumer of the model.</summary>
    public IReadOnlyList<Consumer> All { get; init; } = [];

    /// <summary>Those whom a breaking change hits.</summary>
    public IReadOnlyList<HitConsumer> Hit { get; init; } = [];

    /// <summary>Breaking first, then semantic, then additive.</summary>
    public IReadOnlyList<ContractChange> Changes { get; } = [.. ContractComparison.Compare(Before.Contract, After.Contract).OrderBy(change => Rank(change.Kind))];

    /// <summary>What a roll-back would break; the paths begin with <c>rollback/</c>.</summary>
    public IReadOnlyList<ContractChange> RollBack { get; } = [.. ContractComparison.Compare(After.Contract, Before.Contract).Where(change => change.Kind == ChangeKind.Breaking)];

    /// <summary>Breaking changes that must be named and acknowledged: none in mode none, those of a roll-back too in mode full.</summary>
    public IReadOnlyList<ContractChange> Blocking => Mode switch
    {
        CompatibilityMode.None => [],
        CompatibilityMode.Backward => [.. Changes.Where(IsBreaking)],
        CompatibilityMode.Full => [.. Changes.Where(IsBreaking), .. RollBack.Select(Prefixed)],
    };

    /// <summary>The breaking changes that hit the consumer, as they count under the mode.</summary>
    public IReadOnlyList<ContractChange> Breaking(Consumer consumer)
    {
        var forward = Changes.Where(change => IsBreaking(change) && Hits(change, consumer));
        return Mode == CompatibilityMode.Full ? [.. forward, .. RollBack.Where(change => HitsBack(change, consumer)).Select(Prefixed)] : [.. forward];
    }

    public string Digest(Consumer consumer, IEnumerable<ContractChange> changes) => ConsumerImpact.Digest(Before.ReleaseDigest, After.ReleaseDigest, Needs(consumer), changes);

    /// <summary>Blocking changes that are not among the paths named.</summary>
    public IReadOnlyList<ContractChange> Unnamed(IReadOnlyCollection<string> named) => [.. Blocking.Where(change => !named.Contains(change.Path))];

    /// <summary>Consumers that are hit and have not acknowledged, where the mode asks for it.</summary>
    public IReadOnlyList<HitConsumerView> Waiting => Mode == CompatibilityMode.None ? [] : [.. Hit.Select(hit => hit.View).Where(consumer => !consumer.Acknowledged)];

    public ComparisonView View()
    {
        var waiting = Waiting.Select(Sentence).ToList();
        return new(
            After.Model, After.Version, Before.Version, Mode,
            [.. Changes.Select(change => View(change, change.Path, consumer => Hits(change, consumer)))],
            [.. RollBack.Select(change => View(change, Prefixed(change).Path, consumer => HitsBack(change, consumer)))],
            [.. Hit.Select(hit => hit.View)],
            [.. Blocking.Select(change => change.Path)],
            waiting.Count > 0,
            waiting);
    }

    /// <summary>Why a consumer blocks.</summary>
    public static string Sentence(HitConsumerView consumer) =>
        $"{consumer.Name} ({consumer.Owner}, {consumer.Contact}) has not acknowledged {string.Join(", ", consumer.Changes)}.";

    private ChangeView View(ContractChange change, string path, Func<Consumer, bool> hits) =>
        new(change.Kind, path, change.BeforeJson, change.AfterJson, change.Sentence, [.. All.Where(hits).Select(consumer => consumer.Name)]);

    private bool Hits(ContractChange change, Consumer consumer) => ConsumerImpact.Hits(change, Before.Contract, After.Contract, Needs(consumer));

    private bool HitsBack(ContractChange change, Consumer consumer) => ConsumerImpact.Hits(change, After.Contract, Before.Contract, Needs(consumer));

    private static bool IsBreaking(ContractChange change) => change.Kind == ChangeKind.Breaking;

    private static ContractChange Prefixed(ContractChange change) => change with { Path = ComparisonReader.RollBackPrefix + change.Path };

    private static ConsumerNeeds Needs(Consumer consumer) => new(consumer.ResponseMajor, consumer.Fields);

    private static int Rank(ChangeKind kind) => kind switch { ChangeKind.Breaking => 0, ChangeKind.Semantic => 1, ChangeKind.Additive => 2 };
}
