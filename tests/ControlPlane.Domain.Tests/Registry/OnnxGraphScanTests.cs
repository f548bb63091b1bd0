using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using Xunit;

namespace ControlPlane.Domain.Tests.Registry;

public sealed class OnnxGraphScanTests
{
    [Fact]
    public void Read_scorer_lists_what_it_is_made_of()
    {
        var graph = ModelBytes.Scan("scorer").Graph!;

        Assert.Equal(5, graph.Nodes);
        Assert.Equal(8, graph.IrVersion);
        Assert.Equal(new Dictionary<string, long> { ["ai.onnx"] = 15, ["ai.onnx.ml"] = 3 }, graph.Opsets);
        Assert.Equal(["Concat", "Reshape", "ai.onnx.ml.Imputer", "ai.onnx.ml.LinearClassifier", "ai.onnx.ml.OneHotEncoder"],
            graph.Operators.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["amount", "tenure", "country"], graph.Inputs.Select(port => port.Name));
        Assert.Equal(8, graph.Inputs[2].ElementType);
        Assert.Equal([-1, 2], graph.Outputs[1].Shape!);
        Assert.Empty(graph.ExternalData);
    }

    [Fact]
    public void Read_counts_operators_of_subgraphs_too()
    {
        var graph = ModelBytes.Scan("endless").Graph!;

        Assert.Equal(7, graph.Nodes);
        Assert.Equal(1, graph.Operators["MatMul"]);
        Assert.Equal(1, graph.Operators["Loop"]);
        Assert.Equal(["rounds"], graph.Inputs.Select(port => port.Name));
    }

    [Theory]
    [InlineData("scorer", EnginePlace.OwnProcess, "every operator is known")]
    [InlineData("dense", EnginePlace.OwnProcess, "every operator is known")]
    [InlineData("tree", EnginePlace.OwnProcess, "every operator is known")]
    [InlineData("zipmap", EnginePlace.OwnProcess, "every operator is known")]
    [InlineData("divide", EnginePlace.Child, "Div may divide integers")]
    [InlineData("endless", EnginePlace.Child, "Loop may end the process")]
    [InlineData("emptyinput", EnginePlace.Child, "Max has an input without a name")]
    [InlineData("wideaxis", EnginePlace.Child, "LayerNormalization has axis = 9223372036854775807")]
    [InlineData("deeptree", EnginePlace.Child, "more than 1000 levels")]
    public void Decide_place_by_what_may_end_the_process(string model, EnginePlace place, string sentence)
    {
        var decision = EnginePlacement.Decide(ModelBytes.Scan(model).Graph!);

        Assert.Equal(place, decision.Place);
        Assert.Contains(sentence, decision.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("external", "refers to data outside the file (../secret.bin)")]
    [InlineData("custom", "uses operators of the domain example.custom")]
    [InlineData("function", "defines functions of its own (Twice)")]
    public void FindForbidden_names_what_no_model_may_have(string model, string sentence) =>
        Assert.Contains(EnginePlacement.FindForbidden(ModelBytes.Scan(model).Graph!), problem => problem.Sentence.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void FindForbidden_finds_nothing_in_a_plain_model() => Assert.Empty(EnginePlacement.FindForbidden(ModelBytes.Scan("scorer").Graph!));

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("<!DOCTYPE html><html><body>404</body></html>", "is not an ONNX model")]
    [InlineData("hello", "malformed")]
    public void Read_other_bytes_says_what_is_wrong(string text, string sentence)
    {
        var reading = OnnxGraphScan.Read(new ModelBytes(System.Text.Encoding.UTF8.GetBytes(text)));

        Assert.Null(reading.Graph);
        Assert.Contains(sentence, Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_truncated_anywhere_gives_a_problem_or_a_smaller_graph()
    {
        var whole = ModelBytes.Of("scorer");
        var refused = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            var reading = OnnxGraphScan.Read(new ModelBytes(whole[..length]));
            if (reading.IsRead) continue;
            refused++;
            Assert.StartsWith("artifact: ", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
        }

        // Only cuts in what follows the graph (the imports) leave something that still reads.
        Assert.True(refused > whole.Length * 9 / 10, $"{refused} of {whole.Length} cuts were refused");
    }

    [Fact]
    public void Read_mutants_never_throw()
    {
        foreach (var name in new[] { "scorer", "endless", "zipmap", "external", "tree", "function" })
        {
            var whole = ModelBytes.Of(name);
            var random = new Random(20261123);
            for (var round = 0; round < 4000; round++)
            {
                var mutant = (byte[])whole.Clone();
                for (var i = random.Next(1, 5); i > 0; i--) mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                var reading = OnnxGraphScan.Read(new ModelBytes(mutant));
                Assert.True(reading.IsRead != (reading.Problems.Count > 0), $"{name}, round {round}");
                if (reading.IsRead) EnginePlacement.Decide(reading.Graph);
            }
        }
    }

    [Fact]
    public void Read_skips_tensor_data()
    {
        // graph { initializer { raw_data: 100 MB of zeros } }, ir_version 8
        const int data = 100_000_000;
        var tensor = Delimited(9, new byte[data]);
        var model = new byte[] { 0x08, 8 }.Concat(Delimited(7, Delimited(5, tensor))).ToArray();
        var source = new ModelBytes(model);

        Assert.True(OnnxGraphScan.Read(source).IsRead);
        Assert.True(source.BytesRead < 1_000_000, $"{source.BytesRead} bytes were read");
    }

    [Fact]
    public void Read_graphs_nested_without_end_are_refused()
    {
        var graph = Array.Empty<byte>();
        for (var depth = 0; depth < 5000; depth++) graph = Delimited(1, Delimited(5, Delimited(6, graph)));
        var model = new byte[] { 0x08, 8 }.Concat(Delimited(7, graph)).ToArray();

        Assert.Contains("nests graphs more than 32 deep", OnnxGraphScan.Read(new ModelBytes(model)).Problems[0].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void FromSignature_takes_every_tensor_as_it_is()
    {
        var contract = ContractInference.FromSignature(ModelBytes.Scan("echo").Graph!).Contract!;

        Assert.Equal(13, contract.Inputs.Count);
        Assert.Equal(TensorDatatype.All.Order(), contract.Inputs.Select(input => input.Tensor!.Datatype).Order());
        Assert.Equal("out_BYTES", contract.Outputs[^1].Tensor);
        Assert.Null(contract.Policy);
        Assert.Equal(ContractCanonicalForm.Write(contract), ContractCanonicalForm.Write(ContractReader.Read(ContractCanonicalForm.Write(contract)).Contract!));
    }

    private static byte[] Delimited(int field, byte[] content)
    {
        var head = new List<byte> { (byte)(field << 3 | 2) };
        var length = content.Length;
        for (; length >= 0x80; length >>= 7) head.Add((byte)(length | 0x80));
        head.Add((byte)length);
        return [.. head, .. content];
    }
}
