namespace ControlPlane.Web.LocalNodes;

/// <summary>Where a node that Web starts itself stands.</summary>
public enum LocalNodeState
{
    /// <summary>Its process is being started or has not answered yet.</summary>
    Starting,

    /// <summary>Its process was started by this Web and lives.</summary>
    Running,

    /// <summary>Its process was started by an earlier Web, lives, and was taken over.</summary>
    Adopted,

    /// <summary>Its process died; the next one starts after a pause.</summary>
    WaitingToRestart,

    /// <summary>Another program listens on its port; nothing is started until the port is free.</summary>
    PortTaken,
    Stopped,
}

/// <summary>One local node as it is shown.</summary>
public sealed record LocalNodeView(string Name, string Address, LocalNodeState State, int? ProcessId, int Restarts, string Sentence);
