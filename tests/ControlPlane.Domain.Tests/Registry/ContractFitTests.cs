using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using Xunit;

namespace ControlPlane.Domain.Tests.Registry;

public sealed class ContractFitTests
{
    private const string Inputs = """
        {"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "category", "values": ["DE", "FR"]}
        """;

    private const string Score = """{"name": "score", "tensor": "probabilities", "index": 1, "type": "number"}""";

    [Theory]
    [InlineData("scorer", Inputs, "", Score)]
    [InlineData("scorer", Inputs, "", """{"name": "class", "tensor": "label", "type": "category", "labels": ["a", "b"]}""")]
    [InlineData("scorer", Inputs, "", """{"name": "class", "tensor": "probabilities", "type": "category", "labels": ["a", "b"], "postprocessing": [{"op": "argmax"}]}""")]
    [InlineData("dense", """{"name": "c", "type": "category", "values": ["a", "b"]}, {"name": "n", "type": "number"}""",
        """{"op": "one_hot", "feature": "c"}, {"op": "assemble", "tensor": "x", "columns": ["c", "n"]}""", """{"name": "y", "tensor": "y", "type": "number"}""")]
    [InlineData("dense", """{"name": "x", "type": "tensor", "datatype": "FP32", "shape": [-1, -1]}""", "", """{"name": "y", "tensor": "y", "type": "number"}""")]
    [InlineData("zipmap", """{"name": "x", "type": "number"}""", "", """{"name": "score", "tensor": "probability", "index": 1, "type": "number"}""")]
    public void Check_contract_that_fits_has_no_problems(string model, string inputs, string steps, string outputs) => Assert.Empty(Check(model, inputs, steps, outputs));

    [Theory]
    [InlineData("scorer", """{"name": "amout", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "text"}""", "", Score,
        "inputs/0/name", "the model has no input amout; it has amount (FP32 [-1, 1]), tenure (FP32 [-1, 1]), country (BYTES [-1, 1])")]
    [InlineData("scorer", """{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}""", "", Score, "inputs", "the model's input country (BYTES [-1, 1]) is filled by no input of the contract")]
    [InlineData("scorer", """{"name": "amount", "type": "text"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "text"}""", "", Score, "inputs/0/type", "is text, but the model's input is amount (FP32 [-1, 1])")]
    [InlineData("scorer", """{"name": "amount", "type": "number"}, {"name": "tenure", "type": "number"}, {"name": "country", "type": "integer"}""", "", Score, "inputs/2/type", "is integer, but the model's input is country")]
    [InlineData("scorer", Inputs, "", """{"name": "score", "tensor": "probability", "type": "number"}""", "outputs/0/tensor", "the model has no output probability; it has label (INT64 [-1]), probabilities (FP32 [-1, 2])")]
    [InlineData("scorer", Inputs, "", """{"name": "score", "tensor": "probabilities", "type": "number"}""", "outputs/0/index", "must say which of the 2 columns")]
    [InlineData("scorer", Inputs, "", """{"name": "score", "tensor": "probabilities", "index": 2, "type": "number"}""", "outputs/0/index", "is 2, but the model's output is probabilities (FP32 [-1, 2])")]
    [InlineData("scorer", Inputs, "", """{"name": "class", "tensor": "label", "type": "text"}""", "outputs/0/type", "is text, but the model's output is label (INT64 [-1])")]
    [InlineData("scorer", Inputs, "", """{"name": "score", "tensor": "probabilities", "index": 1, "type": "number", "labels": ["a", "b", "c"]}""", "outputs/0/labels", "name 3 columns")]
    [InlineData("scorer", Inputs, "", """{"name": "raw", "tensor": "probabilities", "type": "tensor", "datatype": "FP32", "shape": [-1, 2], "labels": ["a"]}""", "outputs/0/labels", "name 1 columns")]
    [InlineData("scorer", Inputs, "", """{"name": "class", "tensor": "probabilities", "index": 1, "type": "category", "labels": ["a", "b"]}""", "outputs/0/labels", "choose one with argmax")]
    [InlineData("scorer", Inputs, "", """{"name": "class", "tensor": "label", "type": "integer", "postprocessing": [{"op": "argmax"}]}""", "outputs/0/postprocessing", "compares columns")]
    [InlineData("scorer", Inputs, "", """{"name": "why", "tensor": "probabilities", "type": "explanation", "explanation": {"kind": "attributions", "features": ["a"]}}""", "outputs/0/explanation/features", "name 1 columns")]
    [InlineData("dense", """{"name": "a", "type": "number"}, {"name": "b", "type": "number"}""", """{"op": "assemble", "tensor": "x", "columns": ["a", "b"]}""", """{"name": "y", "tensor": "y", "type": "number"}""",
        "preprocessing/0/columns", "give [rows, 2], but the model's input is x (FP32 [-1, 3])")]
    [InlineData("dense", """{"name": "a", "type": "number"}""", """{"op": "assemble", "tensor": "z", "columns": ["a"]}""", """{"name": "y", "tensor": "y", "type": "number"}""", "preprocessing/0/tensor", "the model has no input z")]
    [InlineData("dense", """{"name": "a", "type": "number"}""", """{"op": "assemble", "tensor": "x", "datatype": "FP64", "columns": ["a"]}""", """{"name": "y", "tensor": "y", "type": "number"}""", "preprocessing/0/datatype", "is FP64, but")]
    [InlineData("dense", """{"name": "x", "type": "number"}""", "", """{"name": "y", "tensor": "y", "type": "number"}""", "inputs/0", "is one column, but the model's input is x (FP32 [-1, 3])")]
    [InlineData("dense", """{"name": "x", "type": "tensor", "datatype": "INT64", "shape": [-1, 3]}""", "", """{"name": "y", "tensor": "y", "type": "number"}""", "inputs/0", "is INT64 [-1, 3], but")]
    [InlineData("divide", """{"name": "a", "type": "number"}, {"name": "b", "type": "integer"}""", "", """{"name": "y", "tensor": "y", "type": "integer"}""", "inputs/0/type", "is number, but the model's input is a (INT32 [-1]); declare it integer")]
    [InlineData("divide", """{"name": "a", "type": "integer", "required": false}, {"name": "b", "type": "integer"}""", "", """{"name": "y", "tensor": "y", "type": "integer"}""", "inputs/0/required", "a missing value has no place")]
    [InlineData("divide", """{"name": "a", "type": "integer"}, {"name": "b", "type": "integer", "min": 0}""", """{"op": "log1p", "feature": "b"}""", """{"name": "y", "tensor": "y", "type": "integer"}""", "preprocessing/0", "makes b a number, but")]
    public void Check_contract_that_does_not_fit_says_where(string model, string inputs, string steps, string outputs, string path, string words) =>
        Assert.Contains(Check(model, inputs, steps, outputs), problem => problem.Path == path && problem.Sentence.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Check_shapes_that_the_file_does_not_tell_are_left_to_the_node()
    {
        var graph = ModelBytes.Scan("dense").Graph!;
        var vague = graph with { Inputs = [.. graph.Inputs.Select(port => port with { Shape = null })], Outputs = [.. graph.Outputs.Select(port => port with { Shape = null })] };
        var contract = Read("""{"name": "a", "type": "number"}""", """{"op": "assemble", "tensor": "x", "columns": ["a"]}""", """{"name": "y", "tensor": "y", "index": 7, "type": "number"}""");

        Assert.Equal(["preprocessing/0/columns", "outputs/0/index"], ContractFit.Check(contract, graph).Select(problem => problem.Path));
        Assert.Empty(ContractFit.Check(contract, vague));
    }

    [Fact]
    public void Check_a_graph_before_the_model_must_give_what_the_model_takes()
    {
        var contract = Read("""{"name": "x", "type": "number"}""", $$"""{"op": "onnx", "artifact": "sha256:{{new string('0', 64)}}"}""", """{"name": "y", "tensor": "y", "type": "number"}""");
        var (before, model) = (ModelBytes.Scan("log").Graph!, ModelBytes.Scan("dense").Graph!);
        var problem = Assert.Single(ContractFit.Check(contract, model, before));

        Assert.Equal("preprocessing/0/artifact: the model's input x (FP32 [-1, 3]) is made by no output of the preprocessing graph; those are y (FP32 [-1, 1])", problem.ToString());
        Assert.Contains("but the model's input is", ContractFit.Check(contract, model, before with { Outputs = [before.Outputs[0] with { Name = "x" }] }).Single().Sentence, StringComparison.Ordinal);
        Assert.Empty(ContractFit.Check(contract, model, before with { Outputs = [before.Outputs[0] with { Name = "x", Shape = [-1, 3] }] }));
        Assert.Empty(ContractFit.Check(contract, model));
    }

    [Fact]
    public void Draft_of_a_classifier_is_fields_and_a_score()
    {
        var draft = ContractInference.Draft(ModelBytes.Scan("scorer").Graph!).Contract!;

        Assert.Equal([("amount", FieldType.Number), ("tenure", FieldType.Number), ("country", FieldType.Text)], draft.Inputs.Select(input => (input.Name, input.Type)));
        Assert.Equal([new("label", "label", null, FieldType.Integer), new("score", "probabilities", 1, FieldType.Number, 0, 1)], draft.Outputs);
        Assert.Null(draft.Policy);
        Assert.Equal(new OutputField("score", "probability", 1, FieldType.Number, 0, 1), ContractInference.Draft(ModelBytes.Scan("zipmap").Graph!).Contract!.Outputs[1]);
    }

    [Theory]
    [InlineData("custom")]
    [InlineData("deadly")]
    [InlineData("dense")]
    [InlineData("divide")]
    [InlineData("echo")]
    [InlineData("endless")]
    [InlineData("scorer")]
    [InlineData("wideaxis")]
    [InlineData("zipmap")]
    public void Draft_fits_its_own_model(string model)
    {
        var graph = ModelBytes.Scan(model).Graph!;

        Assert.Empty(ContractFit.Check(ContractInference.Draft(graph).Contract!, graph));
        Assert.Empty(ContractFit.Check(ContractInference.FromSignature(graph).Contract!, graph));
    }

    [Fact]
    public void Draft_of_a_matrix_assembles_numbered_columns()
    {
        var dense = ModelBytes.Scan("dense").Graph!;
        var draft = ContractInference.Draft(dense).Contract!;
        var wide = dense with { Inputs = [dense.Inputs[0] with { Shape = [-1, 65] }] };
        var taken = dense with { Inputs = [dense.Inputs[0], dense.Inputs[0] with { Name = "x_1", Shape = [-1, 1] }], Outputs = [dense.Outputs[0] with { Name = "decision" }] };

        Assert.Equal(["x_0", "x_1", "x_2"], Assert.IsType<AssembleStep>(Assert.Single(draft.Preprocessing)).Columns);
        Assert.Equal(FieldType.Tensor, Assert.Single(ContractInference.Draft(wide).Contract!.Inputs).Type);
        Assert.Equal([FieldType.Tensor, FieldType.Number], ContractInference.Draft(taken).Contract!.Inputs.Select(input => input.Type));
        Assert.Equal("decision_output", ContractInference.FromSignature(taken).Contract!.Outputs[0].Name);
    }

    [Fact]
    public void Draft_of_a_signature_beyond_a_contract_says_so()
    {
        var dense = ModelBytes.Scan("dense").Graph!;
        var many = dense with { Inputs = [.. Enumerable.Range(0, 4097).Select(i => dense.Inputs[0] with { Name = $"x{i}" })] };

        Assert.Equal("artifact: has a signature that no contract can hold: inputs: has 4097 elements; the most is 4096", ContractInference.FromSignature(many).Problems.Single().ToString());
    }

    private static IReadOnlyList<Problem> Check(string model, string inputs, string steps, string outputs) => ContractFit.Check(Read(inputs, steps, outputs), ModelBytes.Scan(model).Graph!);

    private static Contract Read(string inputs, string steps, string outputs)
    {
        var reading = ContractReader.Read($$"""{"inputs": [{{inputs}}], "preprocessing": [{{steps}}], "outputs": [{{outputs}}]}""");
        Assert.True(reading.IsRead, string.Join("; ", reading.Problems));
        return reading.Contract;
    }
}
