using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Two contracts that differ in one fragment, and what is to be said of it.</summary>
public sealed record ContractPair(string Template, string Before, string After, ChangeKind Kind, string Path, string Words)
{
    /// <summary>A further input beside x.</summary>
    public const string Input = """{"inputs": [{"name": "x", "type": "number"}, #], "outputs": [{"name": "p", "tensor": "t", "type": "number"}]}""";

    /// <summary>Inputs as a whole.</summary>
    public const string Inputs = """{"inputs": [#], "outputs": [{"name": "p", "tensor": "t", "type": "number"}]}""";

    /// <summary>A further output beside p.</summary>
    public const string Output = """{"inputs": [{"name": "x", "type": "number"}], "outputs": [{"name": "p", "tensor": "t", "type": "number"}, #]}""";

    /// <summary>Outputs as a whole, with a policy on score.</summary>
    public const string Scored = """
        {"inputs": [{"name": "x", "type": "number"}], "outputs": [#, {"name": "q", "tensor": "t", "index": 1, "type": "number"}]}
        """;

    /// <summary>Steps over the number a, the optional number o and the categories c and d; what they leave goes to the tensors of its own names.</summary>
    public const string Steps = """
        {"inputs": [{"name": "a", "type": "number", "min": 0}, {"name": "o", "type": "number", "required": false}, {"name": "c", "type": "category", "values": ["x", "y"]},
                    {"name": "d", "type": "category", "values": ["x", "y"], "required": false}],
         "outputs": [{"name": "p", "tensor": "t", "type": "number"}], "preprocessing": [#]}
        """;

    /// <summary>Any further parts beside the output score in [0, 1] and the category country.</summary>
    public const string Part = """
        {"inputs": [{"name": "x", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "US"]}, {"name": "vip", "type": "boolean"}],
         "outputs": [{"name": "score", "tensor": "t", "index": 0, "type": "number", "min": 0, "max": 1}, {"name": "other", "tensor": "t", "index": 1, "type": "number", "min": 0, "max": 1}], #}
        """;

    public Contract Old => Read(Before);

    public Contract Young => Read(After);

    public override string ToString() => $"{Kind} {Path}: {Before} → {After}";

    private Contract Read(string fragment)
    {
        var reading = ContractReader.Read(Template.Replace("#", fragment, StringComparison.Ordinal));
        Assert.True(reading.IsRead, $"{fragment}: {string.Join("; ", reading.Problems)}");
        return reading.Contract;
    }
}
