namespace ControlPlane.Web.Composition;

/// <summary>Where the files of an installation lie, all below one directory.</summary>
public sealed record DataFolders(string Root)
{
    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Uploads => Path.Combine(Root, "uploads");

    /// <summary>Bodies that live no longer than their request.</summary>
    public string Spool => Path.Combine(Root, "spool");

    public string Keys => Path.Combine(Root, "keys");

    public string Schedule => Path.Combine(Root, "schedule.db");

    public string Database => Path.Combine(Root, "controlplane.db");

    public string JoinToken => Path.Combine(Root, "join-token");

    public string DemoKey => Path.Combine(Root, "demo-key");

    /// <summary>Makes the root for its owner alone: it holds cookies' keys and nodes' keys. One that is there already keeps its mode.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Root);
        else Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Node(string name) => Path.Combine(Root, "nodes", name);
}
