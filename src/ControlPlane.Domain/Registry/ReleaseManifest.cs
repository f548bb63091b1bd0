using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Registry;

/// <summary>What a version is: the model it belongs to, its artifact's bytes and its contract, under one hash.</summary>
public static class ReleaseManifest
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>sha256:</c> and the hash of the canonical manifest <c>{"artifact":…,"contract":{…},"model":…}</c>. Equal releases have equal digests.</summary>
    public static string Digest(string model, string artifactDigest, Contract contract) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Write(model, artifactDigest, contract)));

    /// <summary>The canonical manifest as UTF-8.</summary>
    public static byte[] Write(string model, string artifactDigest, Contract contract)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("artifact", artifactDigest);
            json.WritePropertyName("contract");
            ContractCanonicalForm.Write(json, contract);
            json.WriteString("model", model);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
