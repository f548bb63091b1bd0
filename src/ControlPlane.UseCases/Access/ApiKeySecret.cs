using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ControlPlane.UseCases.Access;

/// <summary>Secrets of API keys: <c>cp_</c> and 32 random bytes in base64url.</summary>
internal static class ApiKeySecret
{
    private const int PrefixLength = 11;

    public static string Draw() => $"cp_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>What is shown of a key, and what it is looked up by: never more than a third of a secret that somebody chose.</summary>
    public static string PrefixOf(string secret) => secret[..Math.Min(PrefixLength, secret.Length / 3)];

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
