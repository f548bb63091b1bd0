using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class ConsumerImpactTests
{
    private const string Two = """{"name": "score", "tensor": "t", "index": 0, "type": "number"}, {"name": "other", "tensor": "t", "index": 1, "type": "number"}""";
    private const string Renamed = """{"name": "risk", "tensor": "t", "index": 0, "type": "number"}, {"name": "other", "tensor": "t", "index": 1, "type": "number"}""";
    private const string Rendered = """, "response": {"version": "2.0", "previous": {"version": "1.0", "fields": [{"name": "score", "from": "risk"}]}}""";
    private const string Policy = """, "policy": {"score": "other", "bands": [{"at_least": 0.5, "decision": "block"}], "otherwise": "allow"}""";

    [Theory]
    [InlineData(1, "score", true)]
    [InlineData(1, "", true)]
    [InlineData(1, "other", false)]
    [InlineData(1, "decision", false)]
    [InlineData(2, "score", false)]
    public void Renamed_output_hits_those_who_read_it_in_the_present_form(int major, string fields, bool hit) =>
        Assert.Equal(hit, Hits("outputs/score", Contract(Two), Contract(Renamed), major, fields));

    [Theory]
    [InlineData(1, "score", false)]
    [InlineData(1, "", true)]
    [InlineData(1, "score,other", true)]
    public void Previous_form_with_all_its_fields_shields_a_consumer(int major, string fields, bool hit) =>
        Assert.Equal(hit, Hits("outputs/score", Contract(Two), Contract(Renamed, Rendered), major, fields));

    [Theory]
    [InlineData(1, "score", true)]
    [InlineData(1, "other", true)]
    [InlineData(2, "other", false)]
    public void New_major_hits_those_of_the_old_one_even_where_it_is_still_rendered(int major, string fields, bool hit) =>
        Assert.Equal(hit, Hits("response/version", Contract(Two), Contract(Renamed, Rendered), major, fields));

    [Fact]
    public void Later_minor_hits_nobody_who_reads_the_previous_form()
    {
        var (first, next) = (Contract(Renamed, Rendered), Contract(Renamed.Replace("\"other\"", "\"another\"", StringComparison.Ordinal), Rendered.Replace("2.0", "2.1", StringComparison.Ordinal)));
        var changes = ContractComparison.Compare(first, next);

        Assert.Equal(["outputs/other", "response/version"], changes.Select(change => change.Path).Order());
        Assert.DoesNotContain(changes, change => ConsumerImpact.Hits(change, first, next, new(1, ["score"])));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Dropped_previous_form_hits_those_who_ask_for_it(int major, bool hit) =>
        Assert.Equal(hit, Hits("response/previous", Contract(Renamed, Rendered), Contract(Renamed, """, "response": {"version": "2.0"}"""), major, "score"));

    [Fact]
    public void Removed_policy_hits_readers_of_the_decision()
    {
        Assert.True(Hits("policy", Contract(Two, Policy), Contract(Two), 1, "decision"));
        Assert.False(Hits("policy", Contract(Two, Policy), Contract(Two), 1, "score"));
    }

    [Fact]
    public void Refused_input_hits_everyone_and_an_additive_change_nobody()
    {
        var (loose, tight) = (Contract(Two), Contract(Two).With(max: 5));
        Assert.True(Hits("inputs/x/max", loose, tight, 2, "other"));
        Assert.False(Hits("inputs/x/max", tight, loose, 1, ""));
    }

    [Fact]
    public void Digest_changes_with_releases_needs_and_changes_but_not_with_words()
    {
        var changes = ContractComparison.Compare(Contract(Two), Contract(Renamed));
        var digest = ConsumerImpact.Digest("sha256:a", "sha256:b", new(1, ["score", "other"]), changes);
        Assert.Matches("^sha256:[0-9a-f]{64}$", digest);
        Assert.Equal(digest, ConsumerImpact.Digest("sha256:a", "sha256:b", new(1, ["other", "score"]), changes.Select(change => change with { Sentence = "In better words." })));
        Assert.NotEqual(digest, ConsumerImpact.Digest("sha256:c", "sha256:b", new(1, ["score", "other"]), changes));
        Assert.NotEqual(digest, ConsumerImpact.Digest("sha256:a", "sha256:c", new(1, ["score", "other"]), changes));
        Assert.NotEqual(digest, ConsumerImpact.Digest("sha256:a", "sha256:b", new(2, ["score", "other"]), changes));
        Assert.NotEqual(digest, ConsumerImpact.Digest("sha256:a", "sha256:b", new(1, ["score"]), changes));
        Assert.NotEqual(digest, ConsumerImpact.Digest("sha256:a", "sha256:b", new(1, ["score", "other"]), []));
    }

    private static bool Hits(string path, Contract before, Contract after, int major, string fields)
    {
        var change = Assert.Single(ContractComparison.Compare(before, after), change => change.Path == path);
        return ConsumerImpact.Hits(change, before, after, new(major, fields.Split(',', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static Contract Contract(string outputs, string parts = "")
    {
        var reading = ContractReader.Read($$"""{"inputs": [{"name": "x", "type": "number"}], "outputs": [{{outputs}}]{{parts}}}""");
        Assert.True(reading.IsRead, string.Join("; ", reading.Problems));
        return reading.Contract;
    }
}

file static class Limits
{
    public static Contract With(this Contract contract, double max) => contract with { Inputs = [.. contract.Inputs.Select(input => input with { Max = max })] };
}
