using ControlPlane.Domain.Registry.Triton;
using Xunit;

namespace ControlPlane.Domain.Tests.Registry;

public sealed class TritonConfigTests
{
    private const string Resnet = """
        # A model as it stands in many repositories
        name: "resnet50_onnx"
        platform: "onnxruntime_onnx"
        max_batch_size : 128
        input [
          {
            name: "data_0"
            data_type: TYPE_FP32
            format: FORMAT_NCHW
            dims: [ 3, 224, 224 ]
            reshape { shape: [ 1, 3, 224, 224 ] }
          }
        ]
        output [
          {
            name: "fc6_1"
            data_type: TYPE_FP32
            dims: [ 1000 ]
            label_filename: "resnet50_labels.txt"
          }
        ]
        version_policy: { specific { versions: [1, 3] }}
        instance_group [ { count: 2 kind: KIND_GPU gpus: [ 0, 1 ] } ]
        dynamic_batching { preferred_batch_size: [ 4, 8 ] max_queue_delay_microseconds: 100 }
        model_warmup [ { name: "w" batch_size: 1 inputs { key: "x" value { data_type: TYPE_FP32 dims: [4] zero_data: true } } } ]
        response_cache { enable: true }
        parameters { key: "intra_op_thread_count" value: { string_value: "2" } }
        """;

    [Fact]
    public void Real_configuration_is_read_and_what_a_contract_cannot_say_is_listed()
    {
        var config = TritonConfigReader.Read(Resnet).Config!;
        Assert.Equal(("resnet50_onnx", "onnxruntime_onnx", 128, "model.onnx", true), (config.Name, config.Engine, config.MaxBatch, config.ModelFile, config.IsOnnx));
        var input = Assert.Single(config.Inputs);
        Assert.Equal(("data_0", "FP32"), (input.Name, input.Datatype));
        Assert.Equal([-1, 1, 3, 224, 224], input.Shape);
        var output = Assert.Single(config.Outputs);
        Assert.Equal([-1, 1000], output.Shape);
        Assert.Equal("resnet50_labels.txt", output.LabelFile);
        Assert.Equal([1, 3], config.Versions);
        foreach (var lost in new[] { "format of data_0", "reshape of data_0", "instance_group", "dynamic_batching", "model_warmup", "response_cache", "parameters" })
            Assert.Single(config.NotCarried, sentence => sentence.StartsWith($"config.pbtxt: {lost}: ", StringComparison.Ordinal));
        Assert.Equal(7, config.NotCarried.Count);
    }

    [Fact]
    public void Without_batching_the_shapes_stay_whole()
    {
        var config = TritonConfigReader.Read("""
            backend: "onnxruntime"
            input { name: "ids" data_type: TYPE_INT64 dims: -1 dims: 128 }
            input < name: 'text'; data_type: TYPE_STRING, dims: [1] >
            output: [ { name: "y", data_type: TYPE_BOOL, dims: [ ] dims: 0x10 } ];
            default_model_filename: "net" '.onnx'
            """).Config!;
        Assert.Equal(0, config.MaxBatch);
        Assert.Equal([-1, 128], config.Inputs[0].Shape);
        Assert.Equal(("text", "BYTES"), (config.Inputs[1].Name, config.Inputs[1].Datatype));
        Assert.Equal([16], config.Outputs[0].Shape);
        Assert.Equal("net.onnx", config.ModelFile);
        Assert.Empty(config.NotCarried);
    }

    [Theory]
    [InlineData("name: \"a\"\nmax_batch_size 8", "line 2, column 16", "':' or '{' after max_batch_size")]
    [InlineData("input [ { name: \"x\" data_type: TYPE_FP32 dims: [4] }", "line 1, column 53", "']'")]
    [InlineData("input { name: \"x\"", "line 1, column 18", "a field of input or '}'")]
    [InlineData("input { name: \"x\" ]", "line 1, column 19", "a field of input or '}'")]
    [InlineData("name: \"half", "line 1, column 7", "has no end")]
    [InlineData("name: \"a\nb\"", "line 1, column 7", "has no end")]
    [InlineData("name: \"\\q\"", "line 1, column 8", "escape is not known")]
    [InlineData("name: \"\\377\"", "line 1, column 7", "not valid UTF-8")]
    [InlineData("max_batch_size: 08", "line 1, column 1", "(is 08)")]
    [InlineData("max_batch_size: 1x", "line 1, column 17", "is no number")]
    [InlineData("max_batch_size: ", "line 1, column 17", "a value of max_batch_size is expected, but there is the end")]
    [InlineData("a: [1, ]", "line 1, column 8", "a value of a")]
    [InlineData("a [1]", "line 1, column 4", "a message in the list of a")]
    [InlineData("}", "line 1, column 1", "a field's name")]
    [InlineData("name: @", "line 1, column 7", "has no meaning here")]
    [InlineData("[com.example.ext]: 1", "line 1, column 1", "a field's name")]
    [InlineData("name: \"a\"\n  name: \"b\"", "line 2, column 3", "name is given twice")]
    [InlineData("max_batch_size: \"8\"", "line 1, column 1", "max_batch_size must be a number")]
    [InlineData("max_batch_size: -1", "line 1, column 1", "whole number from 0")]
    [InlineData("max_batch_size: 1.5", "line 1, column 1", "whole number from 0")]
    [InlineData("name: a", "line 1, column 1", "name must be text in quotes")]
    [InlineData("input: [ 4 ]", "line 1, column 10", "input must be a message")]
    [InlineData("input { name: \"x\" data_type: TYPE_BF16 dims: [1] }", "line 1, column 1", "TYPE_BF16, which no tensor")]
    [InlineData("input { name: \"x\" dims: [1] }", "line 1, column 1", "x has no data_type")]
    [InlineData("input { name: \"x\" data_type: TYPE_FP32 }", "line 1, column 1", "x has no dims")]
    [InlineData("input { name: \"x\" data_type: TYPE_FP32 dims: [-2] }", "line 1, column 47", "dims must be whole numbers from -1")]
    [InlineData("input { data_type: TYPE_FP32 dims: [1] }", "line 1, column 1", "input has no name")]
    [InlineData("version_policy: { specific { versions: [0] } }", "line 1, column 41", "versions must be whole numbers from 1")]
    public void Fault_is_told_with_its_place(string text, string place, string says)
    {
        var reading = TritonConfigReader.Read(text);
        Assert.False(reading.IsRead);
        Assert.Contains(reading.Problems, problem => problem.Path == "config.pbtxt" && problem.Sentence.StartsWith(place, StringComparison.Ordinal) && problem.Sentence.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"a\\tb\\\"c\\\\\"", "a\tb\"c\\")]
    [InlineData("'\\x41\\102\\u00e4\\U0001F600'", "ABä😀")]
    [InlineData("\"\\303\\244\"", "ä")]
    [InlineData("\"it's\" # so\n 'a \"text\"'", "it'sa \"text\"")]
    public void Escapes_name_bytes_and_neighbouring_texts_are_one(string literal, string text) =>
        Assert.Equal(text, ProtobufText.Read($"name: {literal}", "p").Fields.Single().Text);

    [Theory]
    [InlineData("0", true)]
    [InlineData("-17", true)]
    [InlineData("0x1F", true)]
    [InlineData("017", true)]
    [InlineData("1.5e-3f", true)]
    [InlineData(".5", true)]
    [InlineData("1e", false)]
    [InlineData("0x", false)]
    [InlineData("1-2", false)]
    public void Numbers_of_the_format(string number, bool known) => Assert.Equal(known, ProtobufText.Read($"n: {number}", "p").Problem is null);

    [Fact]
    public void Depth_and_count_are_bounded()
    {
        var deep = ProtobufText.Read(string.Concat(Enumerable.Repeat("a { ", 100_000)), "p");
        Assert.Contains("nested deeper than 32", deep.Problem!.Sentence, StringComparison.Ordinal);
        var many = ProtobufText.Read($"a: [{string.Join(',', Enumerable.Repeat('1', 60_000))}]", "p");
        Assert.Contains("more than 50000 fields", many.Problem!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_the_meaning_is_told_at_once()
    {
        var reading = TritonConfigReader.Read("name: 5 max_batch_size: \"x\" input { } input { name: \"a\" data_type: TYPE_FP32 dims: [1] } input { name: \"a\" data_type: TYPE_FP32 dims: [1] }");
        Assert.Equal(6, reading.Problems.Count);
        Assert.Contains(reading.Problems, problem => problem.Sentence.Contains("a is given twice", StringComparison.Ordinal));
    }
}
