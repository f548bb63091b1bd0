using System.Text.Json.Nodes;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry.Bundles;

public sealed class MlflowBundleTests
{
    private const string ThreeColumns = """[{"type": "double", "name": "a", "required": true}, {"type": "long", "name": "b", "required": false}, {"type": "boolean", "name": "c", "required": true}]""";

    [Theory]
    [OnEachDatabase]
    public async Task Columns_that_the_graph_has_by_name_become_inputs_and_the_draft_a_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var signature = """[{"type": "double", "name": "amount", "required": true}, {"type": "float", "name": "tenure", "required": false}, {"type": "string", "name": "country", "required": true}]""";
        var imported = await Zips.Import(
            house, ("model/MLmodel", MlModel(signature)), ("model/model.onnx", Zips.Model("scorer")), ("model/conda.yaml", "x"), ("model/requirements.txt", "onnx"),
            ("model/input_example.json", """{"columns": ["amount", "tenure", "country"], "data": [[12.5, 3, "DE"], [1, 2, "FR"]]}"""));
        Assert.Equal("mlflow", imported.Source);
        Assert.Empty(imported.Problems);
        Assert.Equal("number amount True,number tenure False,text country True", Inputs(imported.Contract));
        Assert.Equal("""{"amount":12.5,"tenure":3,"country":"DE"}""", imported.TryExample);
        Assert.Contains(imported.NotCarried, sentence => sentence.StartsWith("input_example.json: no golden samples, as the example has no expected outputs; a row to try: {", StringComparison.Ordinal));
        foreach (var left in new[] { "conda.yaml: ", "requirements.txt: ", "MLmodel: flavor python_function: ", "MLmodel: signature/params: ", "MLmodel: signature/outputs: " })
            Assert.Contains(imported.NotCarried, sentence => sentence.StartsWith(left, StringComparison.Ordinal));
        var draft = await house.Send(new GetDraft(Uploads.Model, imported.DraftId!.Value));
        Assert.StartsWith("From MLflow: run 8f4b, model 77aa, saved 2026-01-02", draft.Notes, StringComparison.Ordinal);
        Assert.Equal(1, (await house.Send(new CreateVersionFromDraft(Uploads.Model, draft.Id))).Version);
        Assert.Equal(imported.NotCarried, (await house.Send(new GetVersion(Uploads.Model, 1))).ImportNotes);
    }

    [Fact]
    public async Task Columns_of_one_matrix_are_assembled_in_the_order_of_the_signature()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("MLmodel", MlModel(ThreeColumns)), ("model.onnx", Zips.Model("dense")));
        Assert.Equal("number a True,integer b False,boolean c True", Inputs(imported.Contract));
        Assert.Equal("""{"columns":["a","b","c"],"datatype":"FP32","op":"assemble","tensor":"x"}""", JsonNode.Parse(imported.Contract)!["preprocessing"]![0]!.ToJsonString());
        Assert.Empty(imported.Problems);
    }

    [Theory]
    [InlineData("""[{"type": "double", "name": "a"}, {"type": "double", "name": "b"}]""", "number a True,number b True", "and the model takes x (FP32 [-1, 3]): write the steps")]
    [InlineData("""[{"type": "double", "name": "a"}, {"type": "string", "name": "b"}, {"type": "double", "name": "c"}]""", "number a True,text b True,number c True", "write the steps")]
    [InlineData("""[{"type": "double", "name": "a"}, {"type": "datetime", "name": "b"}, {"type": "double", "name": "c", "optional": true}]""", "number a True,number c False", "write the steps")]
    [InlineData("""[{"type": "tensor", "name": "features", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}}]""", "tensor x True", "the signature's input 0 (features) is no input of the graph")]
    public async Task What_does_not_fit_is_a_problem_and_no_guess(string signature, string inputs, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("MLmodel", MlModel(signature)), ("model.onnx", Zips.Model("dense")));
        Assert.Equal(inputs, Inputs(imported.Contract));
        Assert.Contains(imported.Problems, problem => problem.Path == "inputs" && problem.Sentence.Contains(says, StringComparison.Ordinal));
        Assert.Equal("[]", JsonNode.Parse(imported.Contract)!["preprocessing"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 3]}}]""", "the signature's tensors")]
    [InlineData("""[{"type": "double"}, {"type": "double"}, {"type": "double"}]""", "have no names")]
    [InlineData(null, "there is no signature")]
    public async Task Tensors_come_with_datatype_and_shape_of_the_graph(string? signature, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("MLmodel", MlModel(signature)), ("model.onnx", Zips.Model("dense")));
        Assert.Equal("tensor x True", Inputs(imported.Contract));
        Assert.Equal("[-1,3]", JsonNode.Parse(imported.Contract)!["inputs"]![0]!["shape"]!.ToJsonString());
        Assert.Contains(imported.Carried, sentence => sentence.Contains(says, StringComparison.Ordinal));
        Assert.Empty(imported.Problems);
    }

    [Theory]
    [InlineData("flavors:\n  sklearn:\n    pickled_model: model.pkl\n  python_function:\n    loader_module: mlflow.sklearn\n", "has the flavors python_function, sklearn and no onnx; a pickle is never opened")]
    [InlineData("run_id: x\n", "has no flavors")]
    [InlineData("flavors:\n  onnx:\n    onnx_version: '1.16'\n", "names no data")]
    [InlineData("flavors:\n  onnx:\n    data: other.onnx\n", "other.onnx, which the bundle does not hold")]
    [InlineData("flavors:\n  onnx:\n    data: ../model.onnx\n", "which the bundle does not hold")]
    [InlineData("flavors: {onnx: {data: model.onnx}\n", "line ")]
    [InlineData("a: &x [1]\nb: *x\n", "line 1, column 4: anchors are not read")]
    [InlineData("b: *x\n", "aliases are not read")]
    [InlineData("a: !!python/object:os.system [x]\n", "tags are not read")]
    [InlineData("a: 1\na: 2\n", "line 2, column 1: a is given twice")]
    [InlineData("a: 1\n---\nb: 2\n", "second document")]
    [InlineData("", "line ")]
    [InlineData("flavors: {onnx: {data: model.onnx}}\nsignature: {inputs: '[{\"type\": 5}]'}\n", "signature/inputs/0 has no type")]
    [InlineData("flavors: {onnx: {data: model.onnx}}\nsignature: {inputs: '[{\"type\":'}\n", "not the JSON of a signature")]
    [InlineData("flavors: {onnx: {data: model.onnx}}\nsignature: {inputs: '[]'}\n", "must name 1 to")]
    [InlineData("flavors: {onnx: {data: model.onnx}}\nsignature: {inputs: '[{\"type\": \"tensor\"}]'}\n", "no tensor-spec")]
    public async Task MLmodel_that_cannot_be_carried_over_is_refused_with_its_reason(string text, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of(("MLmodel", text), ("model.onnx", Zips.Model("dense")), ("model.pkl", "cos\nsystem\n(S'true'\ntR.")));
        Assert.Equal("bundle/MLmodel", refusal.Problems.Single().Path);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_of_YAML_is_bounded()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of(("MLmodel", $"a: {new string('[', 200_000)}"), ("model.onnx", Zips.Model("dense"))));
        Assert.Contains("nested deeper than 32", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dataframe_split": {"columns": ["a"], "data": [[1]]}}""", """{"a":1}""")]
    [InlineData("""{"dataframe_records": [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]}""", """{"a":1,"b":"x"}""")]
    [InlineData("""{"inputs": {"a": [1.5, 2], "b": [true, false]}}""", """{"a":1.5,"b":true}""")]
    [InlineData("""[{"a": null}]""", """{"a":null}""")]
    [InlineData("""{"inputs": [[1, 2], [3, 4]]}""", null)]
    [InlineData("""{"dataframe_split": {"columns": ["a", "b"], "data": [[1]]}}""", null)]
    [InlineData("""{"dataframe_split": {"columns": ["a", "a"], "data": [[1, 2]]}}""", null)]
    [InlineData("not JSON", null)]
    public async Task First_row_of_the_example_is_kept_when_it_is_plain(string example, string? row)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("MLmodel", MlModel(ThreeColumns)), ("model.onnx", Zips.Model("dense")), ("serving_input_example.json", example));
        Assert.Equal(row, imported.TryExample);
        Assert.Contains(imported.NotCarried, sentence => sentence.StartsWith("serving_input_example.json: no golden samples", StringComparison.Ordinal) && sentence.Contains("a row to try", StringComparison.Ordinal) == row is not null);
    }

    private static string Inputs(string contract) => string.Join(',', JsonNode.Parse(contract)!["inputs"]!.AsArray().Select(input => $"{input!["type"]} {input["name"]} {(bool)input["required"]!}"));

    private static string MlModel(string? inputs) => $"""
        flavors:
          onnx:
            code: null
            data: model.onnx
            onnx_version: 1.16.1
          python_function:
            env: {"{"}conda: conda.yaml, virtualenv: python_env.yaml{"}"}
            loader_module: mlflow.onnx
        mlflow_version: 2.14.1
        model_uuid: 77aa
        run_id: 8f4b
        saved_input_example_info:
          artifact_path: input_example.json
          pandas_orient: split
          type: dataframe
        {(inputs is null ? "" : $"signature:\n  inputs: '{inputs}'\n  outputs: '[{"{"}\"type\": \"tensor\", \"tensor-spec\": {"{"}\"dtype\": \"float32\", \"shape\": [-1, 1]{"}"}{"}"}]'\n  params: '[{"{"}\"name\": \"t\", \"type\": \"double\", \"default\": 1{"}"}]'\n")}
        utc_time_created: '2026-01-02 03:04:05.678901'
        """;
}
