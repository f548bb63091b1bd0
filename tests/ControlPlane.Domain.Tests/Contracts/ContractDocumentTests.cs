using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Holds the examples of <c>docs/contract.md</c> to the reader, so that what people copy works.</summary>
public sealed partial class ContractDocumentTests
{
    private static readonly string Text = File.ReadAllText(DocumentPath());

    [Fact]
    public void Complete_example_is_read_and_uses_every_operation()
    {
        var reading = ContractReader.Read(Example());

        Assert.Empty(reading.Problems);
        Assert.Empty(new[] { "impute", "log1p", "standardize", "min_max", "one_hot", "ordinal", "bucketize", "cast", "assemble" }.Except(reading.Contract!.Preprocessing.Select(step => step.Op)));
        Assert.NotNull(reading.Contract.Response.Previous);
    }

    [Fact]
    public void Steps_of_the_table_are_read_over_the_example_s_inputs()
    {
        var steps = Snippets("preprocessing").Where(snippet => snippet.Contains("\"op\"", StringComparison.Ordinal)).ToList();

        Assert.Equal(11, steps.Count);
        Assert.All(steps, step => AssertRead("preprocessing", new JsonArray(JsonNode.Parse(step.Replace("sha256:…", "sha256:" + new string('a', 64), StringComparison.Ordinal)))));
    }

    [Fact]
    public void Operations_and_explanations_of_the_tables_are_read()
    {
        var snippets = Snippets("outputs");
        var operations = snippets.Where(snippet => snippet.StartsWith("{\"op\"", StringComparison.Ordinal)).ToList();
        var explanations = snippets.Where(snippet => snippet.StartsWith("{\"kind\"", StringComparison.Ordinal)).ToList();

        Assert.Equal((4, 2), (operations.Count, explanations.Count));
        Assert.All(operations, operation => AssertRead("outputs", Output("number", ("postprocessing", new JsonArray(JsonNode.Parse(operation))))));
        Assert.All(explanations, explanation => AssertRead("outputs", Output("explanation", ("explanation", JsonNode.Parse(explanation)!))));
    }

    [Fact]
    public void Every_field_that_a_contract_may_have_is_told()
    {
        var known = new[] { InputProblem("nonsense"), InputProblem("nonsense", "outputs"), InputProblem("nonsense", "runtime") }.SelectMany(sentence => sentence[(sentence.IndexOf("known are ", StringComparison.Ordinal) + 10)..].Split(", "));

        Assert.All(known, field => Assert.Matches($"`([a-z]+\\.)?{Regex.Escape(field)}`", Text));
    }

    private static JsonArray Output(string type, (string Name, JsonNode Value) part) =>
        new(new JsonObject { ["name"] = "y", ["tensor"] = "t", ["type"] = type, [part.Name] = part.Value });

    private static void AssertRead(string part, JsonNode value)
    {
        var contract = new JsonObject { ["inputs"] = JsonNode.Parse(Example())!["inputs"]!.DeepClone(), ["outputs"] = Output("number", ("meaning", "any")) };
        contract[part] = value;
        Assert.Empty(ContractReader.Read(contract.ToJsonString()).Problems);
    }

    private static string InputProblem(string field, string part = "inputs")
    {
        var contract = JsonNode.Parse(Example())!;
        (part == "runtime" ? contract[part]!.AsObject() : contract[part]![0]!.AsObject())[field] = 1;
        return ContractReader.Read(contract.ToJsonString()).Problems.Single().Sentence;
    }

    private static string Example() => Fence().Match(Text).Groups[1].Value;

    /// <summary>Code in the tables of a chapter that is a JSON object.</summary>
    private static List<string> Snippets(string chapter)
    {
        var begin = Text.IndexOf($"\n## {chapter}\n", StringComparison.Ordinal);
        var end = Text.IndexOf("\n## ", begin + 5, StringComparison.Ordinal);
        return [.. FirstCell().Matches(Text[begin..end]).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\| `(\{[^`]+\})` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell();

    private static string DocumentPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "docs", "contract.md");
            if (File.Exists(path)) return path;
        }

        throw new DirectoryNotFoundException("docs/contract.md is in no folder above the tests.");
    }
}
