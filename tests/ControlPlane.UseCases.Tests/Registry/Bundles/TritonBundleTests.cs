using System.Text.Json.Nodes;
using ControlPlane.UseCases.Registry;
using ControlPlane.UseCases.Registry.Drafts;
using ControlPlane.UseCases.Tests.House;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry.Bundles;

public sealed class TritonBundleTests
{
    private const string Scorer = """
        name: "scorer"
        backend: "onnxruntime"
        max_batch_size: 16
        input [
          { name: "amount" data_type: TYPE_FP32 dims: [ 1 ] },
          { name: "tenure" data_type: TYPE_FP32 dims: [ 1 ] },
          { name: "country" data_type: TYPE_STRING dims: [ 1 ] }
        ]
        output [ { name: "probabilities" data_type: TYPE_FP32 dims: [ 2 ] label_filename: "labels.txt" } ]
        dynamic_batching { max_queue_delay_microseconds: 100 }
        instance_group [ { count: 2 kind: KIND_CPU } ]
        """;

    private const string Dense = "platform: \"onnxruntime_onnx\" input { name: \"x\" data_type: TYPE_FP32 dims: [-1, 3] } output { name: \"y\" data_type: TYPE_FP32 dims: [-1, 1] }";

    [Theory]
    [OnEachDatabase]
    public async Task Directory_becomes_a_draft_of_its_highest_version_and_the_draft_a_version(DatabaseKind database)
    {
        await using var house = await Uploads.OpenHouse(database);
        var imported = await Zips.Import(
            house, ("scorer/config.pbtxt", Scorer), ("scorer/labels.txt", "good\nbad\n"), ("scorer/9/model.onnx", Zips.Model("dense")), ("scorer/10/model.onnx", Zips.Model("scorer")),
            ("scorer/1/model.plan", "x"));
        Assert.Equal("triton", imported.Source);
        Assert.Empty(imported.Problems);
        var contract = JsonNode.Parse(imported.Contract)!;
        Assert.Equal("FP32 amount [-1,1],FP32 tenure [-1,1],BYTES country [-1,1]", Fields(contract["inputs"]!));
        Assert.Equal(16, (int)contract["runtime"]!["max_batch"]!);
        Assert.Equal("[-1,2]", contract["outputs"]![0]!["shape"]!.ToJsonString());
        Assert.Equal(("probabilities_label", "category", """["good","bad"]"""), ((string)contract["outputs"]![1]!["name"]!, (string)contract["outputs"]![1]!["type"]!, contract["outputs"]![1]!["labels"]!.ToJsonString()));
        Assert.Equal(
            [
                "config.pbtxt: dynamic_batching: waiting to join requests into one batch is not known here yet", "config.pbtxt: instance_group: how many copies run, and where, is decided by the nodes",
                "9/model.onnx: one version at a time is carried over, here 10", "1/model.plan: has no place in a version",
            ],
            imported.NotCarried);
        Assert.Equal(1, (await house.Send(new CreateVersionFromDraft(Uploads.Model, imported.DraftId!.Value))).Version);
        Assert.Equal((await Uploads.Store(house, "scorer")).Digest, (await house.Send(new GetVersion(Uploads.Model, 1))).ArtifactDigest);
    }

    [Fact]
    public async Task Without_batching_shapes_stay_and_the_batch_is_the_usual_one()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("config.pbtxt", Dense), ("1/model.onnx", Zips.Model("dense")));
        Assert.Empty(imported.Problems);
        Assert.Empty(imported.NotCarried);
        var contract = JsonNode.Parse(imported.Contract)!;
        Assert.Equal("FP32 x [-1,3]", Fields(contract["inputs"]!));
        Assert.Equal(64, (int)contract["runtime"]!["max_batch"]!);
    }

    [Fact]
    public async Task What_the_configuration_leaves_out_comes_from_the_graph()
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var imported = await Zips.Import(house, ("config.pbtxt", "name: \"dense\""), ("1/model.onnx", Zips.Model("dense")));
        Assert.Equal("FP32 x [-1,3]", Fields(JsonNode.Parse(imported.Contract)!["inputs"]!));
        Assert.Contains("inputs: those of the graph, as the configuration names none", imported.Carried);
        Assert.Empty(imported.Problems);
    }

    [Theory]
    [InlineData("version_policy: { specific { versions: [1, 2] } }", "2/model.onnx")]
    [InlineData("version_policy: { all { } }", "3/model.onnx")]
    [InlineData("version_policy: { latest { num_versions: 2 } }", "3/model.onnx")]
    [InlineData("default_model_filename: \"net.onnx\"", "1/net.onnx")]
    public async Task Policy_and_file_name_choose_the_version(string setting, string file)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var model = Zips.Model("dense");
        var imported = await Zips.Import(house, ("config.pbtxt", $"{Dense} {setting}"), ("1/model.onnx", model), ("1/net.onnx", model), ("2/model.onnx", model), ("3/model.onnx", model), ("latest/model.onnx", model));
        Assert.Equal($"{file}: the artifact", imported.Carried[0]);
        Assert.Equal(4, imported.NotCarried.Count);
    }

    [Theory]
    [InlineData("platform: \"tensorrt_plan\"", "bundle/config.pbtxt", "is for tensorrt_plan")]
    [InlineData("backend: \"python\"", "bundle/config.pbtxt", "is for python")]
    [InlineData("platform: \"ensemble\" ensemble_scheduling { }", "bundle/config.pbtxt", "is for ensemble")]
    [InlineData("max_batch_size 8", "bundle/config.pbtxt", "line 1, column 16")]
    [InlineData("version_policy: { specific { versions: [7] } }", "bundle", "holds no 7/model.onnx")]
    [InlineData("default_model_filename: \"m.onnx\"", "bundle", "holds no <number>/m.onnx")]
    public async Task Directory_that_cannot_be_served_is_refused(string config, string path, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var refusal = await Zips.Refused(house, Zips.Of(("config.pbtxt", config), ("1/model.onnx", Zips.Model("dense"))));
        Assert.Equal(path, refusal.Problems.Single().Path);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nb\nc\n", "has 3 labels, and probabilities is [-1, 2]")]
    [InlineData("a\na\n", "an empty label, or one twice")]
    [InlineData(null, "does not hold the labels of probabilities")]
    public async Task Labels_that_do_not_go_with_the_output_are_left_behind(string? labels, string says)
    {
        await using var house = await Uploads.OpenHouse(DatabaseKind.Sqlite);
        var files = new List<(string, object)> { ("config.pbtxt", Scorer), ("1/model.onnx", Zips.Model("scorer")) };
        if (labels is not null) files.Add(("labels.txt", labels));
        var imported = await Zips.Import(house, [.. files]);
        Assert.Contains(imported.NotCarried, sentence => sentence.StartsWith("labels.txt: ", StringComparison.Ordinal) && sentence.Contains(says, StringComparison.Ordinal));
        Assert.Single(JsonNode.Parse(imported.Contract)!["outputs"]!.AsArray());
    }

    private static string Fields(JsonNode fields) => string.Join(',', fields.AsArray().Select(field => $"{field!["datatype"]} {field["name"]} {field["shape"]!.ToJsonString()}"));
}
