using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ControlPlane.Web.LocalNodes;

/// <summary>How programs of this machine reach Web, once it listens.</summary>
public sealed class WebAddress(IServer server, IHostApplicationLifetime lifetime)
{
    private static readonly string[] AnyHost = ["://+", "://*", "://0.0.0.0", "://[::]"];

    /// <summary>The address as soon as Web listens; null when it stops before.</summary>
    public async Task<string?> WhenListening(CancellationToken stopping)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var onStop = stopping.Register(() => started.TrySetResult(false));
        return await started.Task ? Local() : null;
    }

    private string Local()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.OrderBy(each => each.StartsWith("https", StringComparison.Ordinal)).FirstOrDefault()
            ?? throw new InvalidOperationException("Web listens on no address.");
        return AnyHost.Aggregate(address, (text, any) => text.Replace(any, "://localhost", StringComparison.Ordinal)).TrimEnd('/');
    }
}
