using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ControlPlane.UseCases.Serving;

/// <summary>What a node and Web greet each other with.</summary>
internal static class NodeKey
{
    public static string Draw() => $"cpn_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>Takes the same time wherever the two differ.</summary>
    public static bool IsSame(string shown, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
