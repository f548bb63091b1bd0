using ControlPlane.Domain.Serving;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Node;

/// <summary>Joins what the node was told, what it has loaded and whether it is supervised into the table that requests read.</summary>
public sealed class ServedState
{
    private readonly Lock _lock = new();
    private readonly NodeDirectory _directory;
    private readonly PlacementKeeper _placements;
    private readonly ServingTableHolder _table;
    private readonly Supervision _supervision;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, TrafficSplit> _applied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private KnownState _known = KnownState.Empty;
    private bool _mayBeReady;
    private bool _ready;

    public ServedState(NodeDirectory directory, PlacementKeeper placements, ServingTableHolder table, Supervision supervision, TimeProvider clock)
    {
        (_directory, _placements, _table, _supervision, _clock) = (directory, placements, table, supervision, clock);
        placements.Changed += Republish;
    }

    /// <summary>The generations in force in full, by model.</summary>
    public IReadOnlyDictionary<string, long> Generations
    {
        get
        {
            lock (_lock) return _applied.ToDictionary(pair => pair.Key, pair => pair.Value.Generation);
        }
    }

    /// <summary>The digests that the known placements refer to.</summary>
    public IReadOnlySet<string> Digests
    {
        get
        {
            // Contracts are read outside the lock, which requests' tables wait for.
            IReadOnlyList<PlacementOrder> orders;
            lock (_lock) orders = [.. _known.Placements.Select(known => known.Order)];
            return orders.SelectMany(order => new[] { order.ArtifactDigest, order.GoldenDigest, VersionSource.PreparationDigest(order.ContractJson) }).OfType<string>().ToHashSet();
        }
    }

    /// <summary>Takes up what an earlier process was told. False when there is nothing.</summary>
    public bool Recall()
    {
        if (_directory.ReadInstruction() is not { } instruction) return false;
        lock (_lock) Know(KnownState.Of(instruction));
        return true;
    }

    /// <summary>Forgets everything: the node belongs to another control plane, whose generations count from the start.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _applied.Clear();
            Know(KnownState.Empty);
        }
    }

    /// <summary>Applies an instruction at once as far as versions are ready, writes it down, and says which generations are now in force.</summary>
    public InstructionAcknowledgement Apply(NodeInstruction instruction)
    {
        lock (_lock)
        {
            _mayBeReady = true;
            Know(_known.After(instruction, _clock.GetUtcNow()));
            _directory.WriteInstruction(_known.ToInstruction());
            return new(_applied.ToDictionary(pair => pair.Key, pair => pair.Value.Generation), new Dictionary<string, string>(_refused));
        }
    }

    /// <summary>The control plane did not answer: what is remembered is the best there is, and the node may call itself ready with it.</summary>
    public void ServeAsRemembered()
    {
        lock (_lock)
        {
            if (_mayBeReady) return;
            _mayBeReady = _known.Splits.Count > 0;
            Publish();
        }
    }

    /// <summary>Publishes a new table; to be called when the lease ends or comes back.</summary>
    public void Republish()
    {
        lock (_lock) Publish();
    }

    private void Know(KnownState known)
    {
        _known = known;
        _placements.Want([.. known.Placements.Select(placement => placement.Order)]);
        Publish();
    }

    private void Publish()
    {
        var progress = _placements.Progress;
        var models = progress.Select(placement => placement.Order.Model).Concat(_known.Splits.Select(known => known.Order.Model)).Distinct().ToList();
        foreach (var gone in _applied.Keys.Except(_known.Splits.Select(known => known.Order.Model)).ToList()) _applied.Remove(gone);
        _refused.Clear();
        var served = models.Select(model => Serve(model, progress)).ToList();
        _ready = _ready || (_mayBeReady && AreSettled(progress));
        _table.Swap(ServingTable.Of(_ready, served));
    }

    private ServingModel Serve(string model, IReadOnlyList<PlacementProgress> progress)
    {
        var versions = progress
            .Where(placement => placement.Order.Model == model && placement.Loaded is not null)
            .ToDictionary(placement => placement.Order.Version, placement => placement.Loaded!);
        if (_known.Splits.FirstOrDefault(known => known.Order.Model == model) is not { } split) return new(model, null, versions);
        var next = SplitApplication.Next(split.Order, _applied.GetValueOrDefault(model), versions.ContainsKey);
        if (next.Applied is { } applied) _applied[model] = applied;
        if (next.Refusal is { } refusal) _refused[model] = refusal;
        return new(model, next.Served is null ? null : LeasedSplit.Effective(next.Served, _supervision.Silence, _supervision.Lease), versions, AwaitsChampion: next.Served is null);
    }

    private bool AreSettled(IReadOnlyList<PlacementProgress> progress)
    {
        var settled = progress.Where(placement => placement.Settled).Select(placement => (placement.Order.Model, placement.Order.Version)).ToHashSet();
        return _known.Splits.SelectMany(known => KnownState.VersionsOf(known.Order)).All(settled.Contains);
    }
}
