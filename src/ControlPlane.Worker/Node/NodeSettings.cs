namespace ControlPlane.Worker.Node;

/// <summary>What a node is told when it starts: the section <c>Node</c> of the configuration and <c>Urls</c>.</summary>
public sealed record NodeSettings
{
    public const string DefaultUrls = "http://localhost:5081";

    public required string Name { get; init; }

    public required string Environment { get; init; }

    /// <summary>Where others reach this node.</summary>
    public required string Address { get; init; }

    /// <summary>Where the control plane is.</summary>
    public required Uri Web { get; init; }

    /// <summary>Empty: the control plane will refuse the node, which goes on serving its last known state.</summary>
    public required string JoinToken { get; init; }

    /// <summary>Where the node keeps its state, artifacts and sockets.</summary>
    public required string Directory { get; init; }

    /// <summary>Reads the settings; a wrong one is named in the exception.</summary>
    public static NodeSettings Read(IConfiguration configuration)
    {
        var listens = (configuration["Urls"] ?? DefaultUrls).Split(';')[0].Trim();
        var name = configuration["Node:Name"] is { Length: > 0 } given ? given : DefaultName(listens);
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') || name.Length > 100 || name.StartsWith('.'))
            throw new NodeSettingException("Node:Name", $"must be letters, digits, '-', '_' and '.', at most 100 (is '{name}')");
        return new NodeSettings
        {
            Name = name,
            Environment = configuration["Node:Environment"] is { Length: > 0 } environment ? environment : "production",
            Address = Http("Node:Address", configuration["Node:Address"] ?? Reachable(listens)).ToString().TrimEnd('/'),
            Web = Http("Node:Web", configuration["Node:Web"] ?? "http://localhost:5080"),
            JoinToken = configuration["Node:JoinToken"] ?? "",
            Directory = Path.GetFullPath(configuration["Node:Directory"] is { Length: > 0 } directory ? directory : Path.Combine("data", "nodes", name)),
        };
    }

    private static string DefaultName(string listens) => $"{System.Environment.MachineName}-{BindingAddress.Parse(listens).Port}";

    /// <summary>An address that binds to every interface is no address to call: the machine's name stands in.</summary>
    private static string Reachable(string listens)
    {
        var bound = BindingAddress.Parse(listens);
        var host = bound.Host is "*" or "+" or "0.0.0.0" or "[::]" ? System.Environment.MachineName : bound.Host;
        return $"{bound.Scheme}://{host}:{bound.Port}";
    }

    private static Uri Http(string setting, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new NodeSettingException(setting, $"must be an absolute http or https address (is '{value}')");
}

/// <summary>A setting that the node cannot start with.</summary>
public sealed class NodeSettingException(string setting, string sentence) : Exception($"{setting}: {sentence}");
