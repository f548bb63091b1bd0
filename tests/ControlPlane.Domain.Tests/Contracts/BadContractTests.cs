using System.Text;
using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class BadContractTests
{
    public static TheoryData<string, string, string> Steps => BadContracts.Steps;

    public static TheoryData<string, string, string> Outputs => BadOutputs.Outputs;

    public static TheoryData<string, string, string> Policies => BadOutputs.Policies;

    public static TheoryData<string, string, string> Overrides => BadOutputs.Overrides;

    public static TheoryData<string, string, string> Responses => BadOutputs.Responses;

    public static TheoryData<string, string, string> Inputs => BadOutputs.Inputs;

    [Theory]
    [MemberData(nameof(Steps))]
    public void Read_wrong_steps_name_their_path(string steps, string path, string words) =>
        AssertRefused(With($"\"preprocessing\": [{steps}]"), $"preprocessing/{path}", words);

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Read_wrong_output_names_its_path(string output, string path, string words) =>
        AssertRefused($"{{{BadContracts.Inputs}, {BadContracts.Outputs.TrimEnd()[..^1]}, {output}]}}", $"outputs/2/{path}", words);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Read_wrong_policy_names_its_path(string policy, string path, string words) =>
        AssertRefused(With($"\"policy\": {{\"otherwise\": \"allow\", {policy}}}"), $"policy/{path}", words);

    [Theory]
    [MemberData(nameof(Overrides))]
    public void Read_wrong_override_names_its_path(string overrides, string path, string words) => AssertRefused(
        With($$"""
            "policy": {"score": "p", "bands": [{"at_least": 0.5, "decision": "block"}], "otherwise": "allow", "overrides": [{{overrides}}]}
            """),
        $"policy/overrides/{path}", words);

    [Theory]
    [MemberData(nameof(Responses))]
    public void Read_wrong_response_names_its_path(string response, string path, string words) =>
        AssertRefused(With($"\"response\": {response}"), $"response/{path}", words);

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Read_wrong_input_names_its_path(string input, string path, string words) =>
        AssertRefused($"{{{BadContracts.Inputs.Replace("[{\"name\": \"x\"", $"[{input}, {{\"name\": \"x\"", StringComparison.Ordinal)}, {BadContracts.Outputs}}}", $"inputs/0/{path}".TrimEnd('/'), words);

    [Fact]
    public void Read_the_parts_that_the_rows_are_added_to_is_fine() =>
        Assert.Empty(ContractReader.Read(With("\"slo\": null")).Problems);

    [Fact]
    public void Read_tells_reading_and_rules_of_all_parts_at_once()
    {
        var reading = ContractReader.Read("""
            {"inputs": [{"name": "x", "type": "number", "mni": 0}, {"name": "y", "type": "number", "min": 0}],
             "preprocessing": [{"op": "scale", "feature": "x"}, {"op": "log1p", "feature": "x"}, {"op": "standardize", "feature": "y", "mean": 0, "scale": 0},
               {"op": "log1p", "feature": "y", "into": "z"}, {"op": "one_hot", "feature": "z"}, {"op": "clip", "feature": "w", "min": 0}],
             "outputs": [{"name": "p", "tensor": "t", "type": "number", "min": 0, "max": 1, "labels": []}, {"name": "q", "tensor": "t", "type": "number", "max": 1}],
             "policy": {"score": "q", "bands": [{"at_least": 3, "decision": "a"}], "otherwise": "b"}, "segments": ["x", "v"], "extra": 1}
            """);

        Assert.Equal(
            ["inputs/0/mni", "outputs/0/labels", "preprocessing/0/op", "preprocessing/2/scale", "extra", "preprocessing/5/feature", "segments/1", "policy/bands/0/at_least"],
            reading.Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData(4097, 1, "inputs: has 4097 elements; the most is 4096")]
    [InlineData(1, 1025, "outputs: has 1025 elements; the most is 1024")]
    public void Read_too_many_fields_are_refused(int inputs, int outputs, string problem) =>
        Assert.Equal([problem], ContractReader.Read(Wide(inputs, outputs)).Problems.Select(found => found.ToString()));

    [Fact]
    public void Read_the_widest_contract_comes_back_as_it_was_written()
    {
        // Quadratic spots in the reader would make this one test as slow as all others together.
        var contract = ContractReader.Read(Wide(ContractLimits.Inputs, ContractLimits.Outputs)).Contract!;

        Assert.Equal((ContractLimits.Inputs, ContractLimits.Outputs), (contract.Inputs.Count, contract.Outputs.Count));
        var form = ContractCanonicalForm.Write(contract);
        Assert.Equal(form, ContractCanonicalForm.Write(ContractReader.Read(form).Contract!));
    }

    [Fact]
    public void Read_too_large_too_deep_or_too_wide_says_so()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));
        var values = string.Join(", ", Enumerable.Range(0, 10_000));
        var wide = string.Join(", ", Enumerable.Range(0, 11).Select(i => $$"""{"op": "one_hot", "feature": "n", "into": "n{{i}}", "values": [{{values}}]}"""));

        Assert.StartsWith("is larger than 4 MB", ContractReader.Read(new string(' ', ContractLimits.DocumentBytes + 1)).Problems[0].Sentence, StringComparison.Ordinal);
        Assert.StartsWith("is nested deeper than 32 levels: line 1", ContractReader.Read($$"""{"inputs": {{deep}}}""").Problems[0].Sentence, StringComparison.Ordinal);
        Assert.StartsWith("is not JSON: line 1", ContractReader.Read("""{"inputs": [[1}}""").Problems[0].Sentence, StringComparison.Ordinal);
        AssertRefused(With($"\"preprocessing\": [{wide}]"), "preprocessing", "makes more than 100000 columns");
        AssertRefused(With($"\"segments\": [{string.Join(", ", Enumerable.Range(0, 10_001).Select(i => $"\"s{i}\""))}]"), "segments", "has 10001 elements; the most is 10000");
    }

    /// <summary>Would not end in any time a test has, were more than one level too many looked at.</summary>
    [Theory]
    [InlineData('[', ']', 1_000_000, 1_000_000)]
    [InlineData('[', ']', 450_000, 450_000)]
    [InlineData('[', ']', 4_000_000, 0)]
    [InlineData('[', '}', 33, 1)]
    public void Read_of_any_depth_ends_one_level_too_deep(char opening, char closing, int opened, int closed)
    {
        const string start = """{"inputs": [], "x": """;

        var reading = ContractReader.Read(start + new string(opening, opened) + new string(closing, closed) + "}");

        Assert.Equal([new("", $"is nested deeper than 32 levels: line 1, byte {start.Length + ContractLimits.Depth}")], reading.Problems);
    }

    [Fact]
    public void Read_of_the_greatest_depth_tells_grammar_from_depth()
    {
        var (opened, closed) = (new string('[', ContractLimits.Depth - 1), new string(']', ContractLimits.Depth - 1));

        Assert.StartsWith("is not JSON: line 1", ContractReader.Read($$"""{"x": {{opened}}?{{closed}}}""").Problems[0].Sentence, StringComparison.Ordinal);
        Assert.Contains(new Problem("inputs", "is missing"), ContractReader.Read($$"""{"x": {{opened}}{{closed}}}""").Problems);
    }

    [Fact]
    public void Read_a_document_of_faults_tells_a_bounded_number()
    {
        var reading = ContractReader.Read(With($"\"segments\": [{string.Join(", ", Enumerable.Range(0, 9_999).Select(i => $"\"{i}{new string('s', 100)}\""))}]"));

        Assert.Equal(ContractLimits.Problems + 1, reading.Problems.Count);
        Assert.Equal("has more problems than these 1000", reading.Problems[^1].Sentence);
        Assert.All(reading.Problems, problem => Assert.InRange(problem.ToString().Length, 1, 200));
    }

    [Fact]
    public void Read_takes_a_byte_order_mark_and_refuses_broken_bytes()
    {
        Assert.True(ContractReader.Read("\uFEFF" + ContractTexts.Smallest).IsRead);
        var bytes = Encoding.UTF8.GetBytes(ContractTexts.Smallest.Replace("\"x\"", "\"~\"", StringComparison.Ordinal));
        bytes[Array.IndexOf(bytes, (byte)'~')] = 0xFF;
        Assert.Equal("inputs/0/name: holds text that is not valid Unicode", ContractReader.Read(bytes).Problems[0].ToString());
    }

    private static string With(string part) => $"{{{BadContracts.Inputs}, {BadContracts.Outputs}, {part}}}";

    private static string Wide(int inputs, int outputs) => $$"""
        {"inputs": [{{string.Join(", ", Enumerable.Range(0, inputs).Select(i => $$"""{"name": "x{{i}}", "type": "number", "min": 0, "required": false}"""))}}],
         "preprocessing": [{{string.Join(", ", Enumerable.Range(0, Math.Min(inputs, 4096)).SelectMany(i => new[] { $$"""{"op": "impute", "feature": "x{{i}}", "value": 0}""", $$"""{"op": "log1p", "feature": "x{{i}}"}""" }))}}],
         "outputs": [{{string.Join(", ", Enumerable.Range(0, outputs).Select(i => $$"""{"name": "p{{i}}", "tensor": "t", "index": {{i}}, "type": "number"}"""))}}]}
        """;

    private static void AssertRefused(string json, string path, string words)
    {
        var reading = ContractReader.Read(json);

        Assert.False(reading.IsRead);
        Assert.Contains(reading.Problems, problem => problem.Path == path && problem.Sentence.Contains(words, StringComparison.Ordinal));
    }
}
