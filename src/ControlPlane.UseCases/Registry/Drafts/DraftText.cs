using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Registry.Drafts;

/// <summary>The contract's text in a draft: what may be kept, and how one is laid out for people.</summary>
internal static class DraftText
{
    public const int MaximumCharacters = 4 * 1024 * 1024;

    public const string Rule = "must be at most 4194304 characters long and hold no NUL character";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>PostgreSQL has no NUL in text.</summary>
    public static bool IsStorable(string? text) => text is null || (text.Length <= MaximumCharacters && !text.Contains('\0', StringComparison.Ordinal));

    public static string Indented(Contract contract) => Indented(ContractCanonicalForm.Write(contract));

    public static string Indented(string canonicalJson) => JsonNode.Parse(canonicalJson)!.ToJsonString(Readable);
}
