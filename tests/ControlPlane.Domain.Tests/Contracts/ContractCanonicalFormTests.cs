using System.Text.Json;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class ContractCanonicalFormTests
{
    /// <summary>Others hash this text: a change of it makes every stored digest wrong.</summary>
    private const string Snapshot =
        """{"inputs":[{"max":100000,"min":0,"name":"amount","required":true,"type":"number","unit":"EUR"}""" +
        """,{"name":"country","required":true,"type":"category","unseen":"reject","values":["DE","FR","US"]}""" +
        """,{"description":"since the first order","min":0,"name":"tenure_days","required":false,"type":"integer"}""" +
        """,{"name":"returning","required":true,"type":"boolean"}]""" +
        ""","outcome":{"good":"low","horizon_days":90,"kind":"binary","name":"chargeback"}""" +
        ""","outputs":[{"direction":"higher_is_riskier","index":1,"max":1,"meaning":"probability of a chargeback within 90 days – größer ist schlechter","min":0,"name":"score","tensor":"probabilities","type":"number"}]""" +
        ""","policy":{"bands":[{"at_least":0.9,"decision":"block"},{"at_least":0.6,"decision":"review"}],"otherwise":"allow","score":"score"}""" +
        ""","preprocessing":[{"feature":"tenure_days","op":"impute","value":0},{"columns":["amount","tenure_days","returning"],"datatype":"FP32","op":"assemble","tensor":"features"}]""" +
        ""","response":{"version":"1.0"}""" +
        ""","runtime":{"format":"onnx","max_batch":64,"max_delay_microseconds":0,"memory_megabytes":512,"threads":1,"timeout_milliseconds":50}""" +
        ""","segments":["country"],"slo":{"error_rate":0.001,"latency_p99_milliseconds":20}}""";

    [Fact]
    public void Write_full_contract_is_the_snapshot() =>
        Assert.Equal(Snapshot, ContractCanonicalForm.Write(ContractReader.Read(ContractTexts.Full).Contract!));

    [Theory]
    [InlineData(ContractTexts.Full)]
    [InlineData(ContractTexts.Smallest)]
    [InlineData("""{"inputs":[{"name":"b","type":"boolean","required":false},{"name":"t","type":"text","required":false}],"preprocessing":[{"op":"impute","feature":"b","value":true},{"op":"impute","feature":"t","value":""}],"outputs":[{"name":"y","tensor":"y","type":"tensor","datatype":"INT64","shape":[-1,3]}]}""")]
    public void Write_then_read_then_write_is_the_same(string json)
    {
        var written = ContractCanonicalForm.Write(ContractReader.Read(json).Contract!);

        Assert.Equal(written, ContractCanonicalForm.Write(ContractReader.Read(written).Contract!));
        AssertSorted(JsonDocument.Parse(written).RootElement);
    }

    [Fact]
    public void Write_defaults_and_order_of_keys_do_not_matter()
    {
        const string spelled = """
            { "outputs": [ {"type": "number", "tensor": "t", "name": "p", "max": 1.0, "min": -0.0} ], "segments": [], "slo": null,
              "runtime": {"threads": 1}, "inputs": [ {"required": true, "type": "number", "name": "x"} ] }
            """;
        Assert.Equal(
            ContractCanonicalForm.Write(ContractReader.Read(ContractTexts.Smallest).Contract!),
            ContractCanonicalForm.Write(ContractReader.Read(spelled).Contract!));
    }

    [Fact]
    public void Digest_changes_with_each_part_and_with_nothing_else()
    {
        var contract = ContractReader.Read(ContractTexts.Smallest).Contract!;
        var digest = ReleaseManifest.Digest("fraud", "sha256:aa", contract);

        Assert.Matches("^sha256:[0-9a-f]{64}$", digest);
        Assert.Equal(digest, ReleaseManifest.Digest("fraud", "sha256:aa", ContractReader.Read(ContractCanonicalForm.Write(contract)).Contract!));
        Assert.NotEqual(digest, ReleaseManifest.Digest("risk", "sha256:aa", contract));
        Assert.NotEqual(digest, ReleaseManifest.Digest("fraud", "sha256:ab", contract));
        Assert.NotEqual(digest, ReleaseManifest.Digest("fraud", "sha256:aa", contract with { Response = new("1.1") }));
    }

    private static void AssertSorted(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var names = element.EnumerateObject().Select(field => field.Name).ToList();
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            foreach (var field in element.EnumerateObject()) AssertSorted(field.Value);
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray()) AssertSorted(item);
        }
    }
}
