using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>What a consumer relies on: the major form of the answer, and the fields that it reads (none: all, <c>decision</c> among them).</summary>
public sealed record ConsumerNeeds(int ResponseMajor, IReadOnlyList<string> Fields)
{
    public bool Reads(string field) => Fields.Count == 0 || Fields.Contains(field, StringComparer.Ordinal);
}

/// <summary>Which consumers a change of a model's contract concerns, and what their acknowledgement is bound to.</summary>
public static class ConsumerImpact
{
    /// <summary>The field of the answer that the policy makes.</summary>
    public const string Decision = "decision";

    /// <summary>
    /// Whether the change concerns the consumer. What changes in the inputs, the preprocessing, the promises or the runtime concerns everyone; what changes in the
    /// answer concerns those who read that field, unless the new contract still renders their major with every field that they read. A new major concerns everyone of
    /// the old one even then: who does not say which form gets the new one, and nobody but the consumer knows whether it says so. Additive changes concern nobody.
    /// </summary>
    public static bool Hits(ContractChange change, Contract before, Contract after, ConsumerNeeds consumer)
    {
        if (change.Kind == ChangeKind.Additive) return false;
        var parts = change.Path.Split('/');
        return parts[0] switch
        {
            "outputs" => ReadsPresentForm(before, consumer) && consumer.Reads(parts[1]) && !IsStillRendered(before, after, consumer),
            "policy" => ReadsPresentForm(before, consumer) && consumer.Reads(Decision) && !(change.Path == "policy" && IsStillRendered(before, after, consumer)),
            "response" => HitsResponse(parts[1], before, after, consumer),
            // How a model is judged and cut up for charts is no matter of those who call it.
            "segments" or "outcome" => false,
            _ => true,
        };
    }

    /// <summary><c>sha256:</c> and the hash over both releases, what the consumer relies on and the changes. Anything else needs a new acknowledgement.</summary>
    public static string Digest(string releaseBefore, string releaseAfter, ConsumerNeeds consumer, IEnumerable<ContractChange> changes)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(releaseBefore);
            json.WriteStringValue(releaseAfter);
            json.WriteNumberValue(consumer.ResponseMajor);
            WriteTexts(json, consumer.Fields.Order(StringComparer.Ordinal));
            // The sentence is left out: better words are not another change.
            foreach (var change in changes.OrderBy(change => change.Path, StringComparer.Ordinal).ThenBy(change => change.Kind))
                WriteTexts(json, [change.Kind.ToString(), change.Path, change.BeforeJson, change.AfterJson]);
            json.WriteEndArray();
        }

        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    // A consumer of a later major waits for it, and one of the previous major reads what `previous` renders. One of a major that is served no more has most likely
    // moved on without saying so; it counts as a reader of the present form, so that it is asked rather than broken.
    private static bool ReadsPresentForm(Contract before, ConsumerNeeds consumer) =>
        consumer.ResponseMajor <= before.Response.Major && consumer.ResponseMajor != before.Response.Previous?.Major;

    private static bool IsStillRendered(Contract before, Contract after, ConsumerNeeds consumer)
    {
        if (after.Response.Previous is not { } previous || previous.Major != consumer.ResponseMajor) return false;
        var rendered = previous.Fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        return consumer.Fields.Count > 0 ? consumer.Fields.All(rendered.Contains)
            : before.Outputs.All(output => rendered.Contains(output.Name)) && (before.Policy is null || rendered.Contains(Decision));
    }

    private static bool HitsResponse(string part, Contract before, Contract after, ConsumerNeeds consumer) => part == "previous"
        ? consumer.ResponseMajor == before.Response.Previous?.Major && consumer.ResponseMajor != after.Response.Major
        : ReadsPresentForm(before, consumer) && consumer.ResponseMajor != after.Response.Major;

    private static void WriteTexts(Utf8JsonWriter json, IEnumerable<string?> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
