using ControlPlane.Web.Composition;

namespace ControlPlane.Web.Bootstrap;

/// <summary>What a node shows to be let in: Nodes:JoinToken, or one drawn once and kept beside the data.</summary>
public sealed record JoinToken(string Value)
{
    public static JoinToken Read(IConfiguration configuration, DataFolders data)
    {
        var configured = configuration["Nodes:JoinToken"];
        if (string.IsNullOrWhiteSpace(configured)) return new(PrivateFile.ReadOrDraw(data.JoinToken, "cpj_"));
        return configured.Length >= 8 ? new(configured) : throw new SettingException("Nodes:JoinToken", "must have at least 8 characters");
    }
}

/// <summary>The demonstration's own API key; only there when the demonstration runs.</summary>
public sealed record DemonstrationKey(string Secret);
