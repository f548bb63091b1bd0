using System.Net.Sockets;
using System.Text.Json;

namespace ControlPlane.Web.LocalNodes;

/// <summary>Asks a port of this machine who listens on it.</summary>
internal sealed class NodeProbe : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Whether anything accepts connections on the port.</summary>
    public static async Task<bool> IsTaken(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("localhost", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The name that a node gives at its root; null when nobody answers or it is not a node.</summary>
    public async Task<string?> NameAt(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await _http.GetStringAsync(new Uri(address), cancellationToken));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("name", out var name) ? name.GetString() : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();
}
