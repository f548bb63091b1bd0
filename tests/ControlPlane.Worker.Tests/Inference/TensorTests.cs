using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Inference;

public sealed class TensorTests
{
    private const string Path = "/v2/models/m/infer";

    private const string EchoJson = """
        {"id": "e", "inputs": [
          {"name": "in_BOOL", "datatype": "BOOL", "shape": [2], "data": [true, false]},
          {"name": "in_UINT8", "datatype": "UINT8", "shape": [2], "data": [0, 255]},
          {"name": "in_UINT16", "datatype": "UINT16", "shape": [2], "data": [0, 65535]},
          {"name": "in_UINT32", "datatype": "UINT32", "shape": [2], "data": [0, 4294967295]},
          {"name": "in_UINT64", "datatype": "UINT64", "shape": [2], "data": [0, 18446744073709551615]},
          {"name": "in_INT8", "datatype": "INT8", "shape": [2], "data": [-128, 127]},
          {"name": "in_INT16", "datatype": "INT16", "shape": [2], "data": [-32768, 32767]},
          {"name": "in_INT32", "datatype": "INT32", "shape": [2], "data": [-2147483648, 2147483647]},
          {"name": "in_INT64", "datatype": "INT64", "shape": [2], "data": [-9223372036854775808, 9223372036854775807]},
          {"name": "in_FP16", "datatype": "FP16", "shape": [2], "data": [0.5, -2]},
          {"name": "in_FP32", "datatype": "FP32", "shape": [2], "data": [[0.1], [-3e38]]},
          {"name": "in_FP64", "datatype": "FP64", "shape": [2], "data": [0.1, 1e300]},
          {"name": "in_BYTES", "datatype": "BYTES", "shape": [2], "data": ["", "größer 😀"]}]
        """;

    [Fact]
    public async Task Infer_json_and_binary_carry_every_datatype_unchanged()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, EchoContract(), "echo"));

        var json = await host.PostJson(Path, EchoJson + "}");
        var binary = await host.PostBinary(Path, EchoJson + ", \"parameters\": {\"binary_data_output\": true}}");

        Assert.Equal((200, 200), (json.Status, binary.Status));
        Assert.Equal("e", json.Body.GetProperty("id").GetString());
        var outputs = json.Body.GetProperty("outputs").EnumerateArray().ToDictionary(output => output.GetProperty("datatype").GetString()!, output => output.GetProperty("data").GetRawText());
        Assert.Equal(13, outputs.Count);
        Assert.Equal("[0,18446744073709551615]", outputs["UINT64"]);
        Assert.Equal("[-9223372036854775808,9223372036854775807]", outputs["INT64"]);
        Assert.Equal("[0.1,-3E+38]", outputs["FP32"]);
        Assert.Equal(["", "größer 😀"], JsonSerializer.Deserialize<string[]>(outputs["BYTES"])!);
        var again = await host.PostBinary(Path, BinaryRequest(binary.Body), binary.Binary);
        Assert.Equal(200, again.Status);
        Assert.Equal(Data(json.Body), Data(again.Body));
    }

    [Fact]
    public async Task Infer_columns_in_json_and_binary_answer_as_rows_do()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 3, TestContracts.Scorer, "scorer"));
        var rows = await host.PostJson("/v1/models/m:predict", """{"instances": [{"amount": 1.5, "country": "DE"}, {"amount": 900, "tenure": 0, "country": "US"}]}""");
        var expected = rows.Body.GetProperty("predictions").EnumerateArray().Select(prediction => prediction.GetProperty("score").GetSingle()).ToList();

        var json = await host.PostJson("/v2/models/m/versions/3/infer", """
            {"parameters": {"routing_key": "u"}, "inputs": [{"name": "amount", "datatype": "FP64", "shape": [2, 1], "data": [1.5, 900]},
             {"name": "tenure", "datatype": "FP32", "shape": [2], "data": [null, 0]}, {"name": "country", "datatype": "BYTES", "shape": [2], "data": ["DE", "US"]}]}
            """);
        var binary = await host.PostBinary(Path, """
            {"inputs": [{"name": "amount", "datatype": "FP32", "shape": [2, 1], "parameters": {"binary_data_size": 8}},
             {"name": "country", "datatype": "BYTES", "shape": [2], "data": ["DE", "US"]},
             {"name": "tenure", "datatype": "FP32", "shape": [2], "parameters": {"binary_data_size": 8}}],
             "outputs": [{"name": "decision"}, {"name": "score", "parameters": {"binary_data": true}}]}
            """, Floats(1.5f, 900), Floats(float.NaN, 0));

        Assert.Equal((200, 200), (json.Status, binary.Status));
        Assert.Equal(expected, json.Body.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal("3", json.Body.GetProperty("model_version").GetString());
        Assert.Equal("""["allow","review"]""", binary.Body.GetProperty("outputs")[0].GetProperty("data").GetRawText());
        Assert.Equal(expected, Enumerable.Range(0, 2).Select(i => BinaryPrimitives.ReadSingleLittleEndian(binary.Binary.AsSpan(i * 4))));
        Assert.Equal(2, json.Body.GetProperty("parameters").GetProperty("prediction_ids").GetString()!.Split(',').Length);
    }

    [Theory]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 2], "data": [1, 2]}]}""", "inputs.x.shape: must be [-1, 3] (is [1, 2])")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [2, 3], "data": [1, 2, 3]}]}""", "inputs.x: has 3 values, but shape [2, 3] needs 6")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [99999999, 3], "data": [1]}]}""", "inputs.x.shape: [99999999, 3] does not fit the data")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP64", "shape": [1, 3], "data": [1, 2, 3]}]}""", "inputs.x.datatype: must be FP32 (is FP64)")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP8", "shape": [1, 3], "data": [1, 2, 3]}]}""", "inputs.x.datatype: FP8 is not known")]
    [InlineData("""{"inputs": [{"name": "z", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 3]}]}""", "inputs.z: is not an input of the contract; those are x; inputs.x: is missing")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [-1, 3], "data": [1, 2, 3]}]}""", "inputs.x.shape[0]: must be a length (is -1)")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, "3"]}]}""", "inputs.x[2]: must be FP32 (is \"3\")")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 1e39]}]}""", "inputs.x[2]: must be FP32 (is 1e39)")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3]}]}""", "inputs.x.data: is missing")]
    [InlineData("""{"inputs": [{"name": "x", "shape": [1, 3], "data": []}]}""", "inputs.x.datatype: is missing")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "parameters": {"binary_data_size": 12}}]}""", "inputs.x: announces 12 bytes of binary data, 0 are left")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 3]}], "outputs": [{"name": "w"}]}""", "outputs.w: is not an output of the contract; those are y")]
    [InlineData("""{"inputs": [{"name": "x", "datatype": "FP32", "shape": [1, 3], "data": [1, 2, 3]}], "colour": 1}""", "colour: is not known")]
    [InlineData("""{"parameters": {"a": {}}, "inputs": []}""", "parameters.a: must be text, a number, true or false")]
    [InlineData("""{"outputs": []}""", "inputs: is missing")]
    public async Task Infer_bad_request_is_refused_by_name(string json, string sentence)
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, TestContracts.DenseRaw, "dense"));

        var (status, body) = await host.PostJson(Path, json);

        Assert.Equal(400, status);
        Assert.Contains(sentence, body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_not_a_number_is_refused_where_the_contract_wants_one()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, TestContracts.Log, "log"));

        var (status, body, _) = await host.PostBinary(Path, """{"inputs": [{"name": "x", "datatype": "FP32", "shape": [2], "parameters": {"binary_data_size": 8}}]}""", Floats(1, float.NaN));

        Assert.Equal(400, status);
        Assert.Equal("inputs.x[1]: must be a finite number", body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Infer_list_of_maps_comes_as_a_matrix()
    {
        await using var host = await ServingHost.Start(await ServingHost.Load("m", 1, Inferred("zipmap"), "zipmap"));

        var (status, body) = await host.PostJson(Path, """{"inputs": [{"name": "x", "datatype": "FP32", "shape": [2, 1], "data": [0, 1]}]}""");

        Assert.Equal(200, status);
        Assert.Equal("""["no","yes"]""", body.GetProperty("outputs")[0].GetProperty("data").GetRawText());
        Assert.Equal("[2,2]", body.GetProperty("outputs")[1].GetProperty("shape").GetRawText());
    }

    private static string EchoContract() => Inferred("echo");

    private static string Inferred(string model) =>
        ContractCanonicalForm.Write(ContractInference.FromSignature(ArtifactScan.Read(ServingHost.ModelPath(model)).Graph).Contract!);

    private static byte[] Floats(params float[] values)
    {
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), values[i]);
        return bytes;
    }

    /// <summary>The binary answer's tensors as the inputs of a next request, under the names of the inputs.</summary>
    private static string BinaryRequest(JsonElement answer)
    {
        var text = new StringBuilder("{\"inputs\": [");
        foreach (var (i, output) in answer.GetProperty("outputs").EnumerateArray().Index())
        {
            text.Append(i == 0 ? "" : ",").Append(output.GetRawText().Replace("\"out_", "\"in_", StringComparison.Ordinal));
        }

        return text.Append("]}").ToString();
    }

    private static IEnumerable<string> Data(JsonElement answer) => answer.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("data").GetRawText());
}
