using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ControlPlane.Web.Composition;

/// <summary>Finds out before anything is done whether Web can listen where it is told to.</summary>
public static class PortProbe
{
    /// <summary>Refuses the start when a port of the addresses (separated by semicolons) is taken or may not be opened.</summary>
    public static void Require(string addresses)
    {
        foreach (var address in addresses.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse))
        {
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0) continue;
            foreach (var ip in Addresses(address.Host)) Require(ip, address.Port);
        }
    }

    /// <summary>Whether the server opens ports at all; the server of tests does not.</summary>
    public static bool Listens(IServer server) => server.GetType().Assembly == typeof(KestrelServer).Assembly;

    private static SettingException Taken(int port) => new("Urls", $"names port {port}, which is taken by another program");

    private static IReadOnlyList<IPAddress> Addresses(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip)) return [ip];
        var local = host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        return Socket.OSSupportsIPv6 && local ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [local ? IPAddress.Loopback : IPAddress.Any];
    }

    private static void Require(IPAddress ip, int port)
    {
        var listener = new TcpListener(ip, port);
        try
        {
            listener.Start();
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw Taken(port);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new SettingException("Urls", $"names port {port}, which this user may not open");
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // A machine without this family of addresses listens on the other one alone; Web itself refuses an address that is not this machine's.
        }
        finally
        {
            listener.Stop();
        }
    }
}
