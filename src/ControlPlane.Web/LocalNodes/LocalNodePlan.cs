namespace ControlPlane.Web.LocalNodes;

/// <summary>All that is needed to start one local node.</summary>
public sealed record LocalNodePlan(string Name, int Port, string Web, string JoinToken, string Directory, string Assembly)
{
    public string Address => $"http://localhost:{Port}";

    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["Urls"] = Address,
        ["Node__Name"] = Name,
        ["Node__Address"] = Address,
        ["Node__Web"] = Web,
        ["Node__JoinToken"] = JoinToken,
        ["Node__Directory"] = Directory,
    };
}
