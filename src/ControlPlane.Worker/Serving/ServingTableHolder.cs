namespace ControlPlane.Worker.Serving;

/// <summary>Holds the current table. One writer (the node's placement loop), any number of readers, no lock.</summary>
public sealed class ServingTableHolder
{
    private volatile ServingTable _current = ServingTable.Empty;

    public ServingTable Current => _current;

    /// <summary>Puts a new table in place. Versions that are no longer in it are disposed by the caller, which waits for their requests.</summary>
    public void Swap(ServingTable next) => _current = next;
}
