using System.Text.Json;
using ControlPlane.NodeProtocol;

namespace ControlPlane.Web.Tests.NodeProtocol;

/// <summary>The JSON that Web and nodes exchange. Web and nodes are upgraded one after the other, so a change of it is a diff that somebody reads.</summary>
public sealed class NodeProtocolSnapshotTests
{
    private static readonly DateTimeOffset Instant = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("0199aaaa-0000-7000-8000-000000000001");

    [Fact]
    public void Enlistment_keeps_its_form()
    {
        Assert.Equal(
            """{"name":"node-1","address":"http://node-1:5081","environment":"production","incarnation":"0199aaaa-0000-7000-8000-000000000001","program_version":"0.1.0","runtime_version":"1.30.0","cores":2,"memory_bytes":1024}""",
            Json(new EnlistRequest("node-1", "http://node-1:5081", "production", Id, "0.1.0", "1.30.0", 2, 1024)));
        Assert.Equal(
            """{"node_id":"0199aaaa-0000-7000-8000-000000000001","node_key":"key","report_interval_milliseconds":1000,"lease_seconds":30,"instruction":{"placements":[],"splits":[],"checks":[]}}""",
            Json(new EnlistAnswer(Id, "key", 1000, 30, NodeInstruction.Empty)));
    }

    [Fact]
    public void Instruction_keeps_its_form()
    {
        var instruction = new NodeInstruction(
            [new PlacementOrder("fraud", 2, "sha256:aa", "sha256:bb", 10, "{}", "sha256:cc")],
            [new SplitOrder("fraud", 7, 1, [new ShareOrder(2, 500)], [], "salt")],
            [new CheckOrder(Id, "fraud", 3, "sha256:dd", 11, "{}", null)]);
        Assert.Equal(
            """{"placements":[{"model":"fraud","version":2,"release_digest":"sha256:aa","artifact_digest":"sha256:bb","artifact_bytes":10,"contract_json":"{}","golden_digest":"sha256:cc"}],"splits":[{"model":"fraud","generation":7,"champion":1,"shares":[{"version":2,"share_basis_points":500}],"mirrors":[],"salt":"salt"}],"checks":[{"check_id":"0199aaaa-0000-7000-8000-000000000001","model":"fraud","version":3,"artifact_digest":"sha256:dd","artifact_bytes":11,"contract_json":"{}"}]}""",
            Json(instruction));
        Assert.Equal(
            """{"generations":{"fraud":7},"refused":{"churn":"version 3 is loading"}}""",
            Json(new InstructionAcknowledgement(new Dictionary<string, long> { ["fraud"] = 7 }, new Dictionary<string, string> { ["churn"] = "version 3 is loading" })));
    }

    [Fact]
    public void Report_keeps_its_form()
    {
        var report = new NodeReport(
            Id, true, 1024,
            [new PlacementReport("fraud", 2, "sha256:aa", PlacementState.Ready, null, "own_process", 1.5, 1e-7)],
            new Dictionary<string, long> { ["fraud"] = 7 },
            [],
            [new CheckReport(Id, [new CheckResultReport("loads", "passed", "It loads.", new Dictionary<string, double> { ["milliseconds"] = 2 })], "own_process", new Dictionary<string, int> { ["ai.onnx.ml.Scaler"] = 1 })]);
        Assert.Equal(
            """{"incarnation":"0199aaaa-0000-7000-8000-000000000001","ready":true,"resident_bytes":1024,"placements":[{"model":"fraud","version":2,"release_digest":"sha256:aa","state":"ready","engine":"own_process","load_milliseconds":1.5,"golden_max_difference":1E-07}],"generations":{"fraud":7},"windows":[],"checks":[{"check_id":"0199aaaa-0000-7000-8000-000000000001","results":[{"name":"loads","outcome":"passed","sentence":"It loads.","figures":{"milliseconds":2}}],"engine":"own_process","operators":{"ai.onnx.ml.Scaler":1}}]}""",
            Json(report));
    }

    [Fact]
    public void Golden_replay_of_a_check_keeps_its_form()
    {
        var golden = new GoldenReplayReport(40, 40, 1, 0.21, "preprocessing", [new(3, "preprocessing", "{}", null, [new("preprocessing", "amount", "0.31", "0.52", 0.21)])], ["preprocessing"], [new(4, null, "{}", null, [])]);
        Assert.Equal(
            """{"check_id":"0199aaaa-0000-7000-8000-000000000001","results":[],"operators":{},"golden":{"samples":40,"of":40,"failed":1,"max_difference":0.21,"first_stage":"preprocessing","worst":[{"line":3,"stage":"preprocessing","inputs_json":"{}","differences":[{"stage":"preprocessing","path":"amount","expected_json":"0.31","got_json":"0.52","difference":0.21}]}],"stages":["preprocessing"],"furthest":[{"line":4,"inputs_json":"{}","differences":[]}]}}""",
            Json(new CheckReport(Id, [], null, new Dictionary<string, int>(), golden)));
    }

    [Fact]
    public void Trial_keeps_its_form()
    {
        Assert.Equal(
            """{"model":"fraud","version":2,"release_digest":"sha256:aa","artifact_digest":"sha256:bb","artifact_bytes":10,"contract_json":"{}","golden_digest":"sha256:cc","row":{"inputs_json":"{}","response_version":"1"}}""",
            Json(new TrialOrder("fraud", 2, "sha256:aa", "sha256:bb", 10, "{}", "sha256:cc", new("{}", "1"))));
        var one = JsonSerializer.SerializeToElement(1);
        var stages = new TrialStages(
            new(true),
            new(new Dictionary<string, JsonElement> { ["amount"] = one }, new Dictionary<string, TrialTensor> { ["features"] = new("FP32", [1, 1], [one]) }),
            new(new Dictionary<string, TrialTensor>()),
            new(new Dictionary<string, JsonElement> { ["score"] = one }, "block"));
        Assert.Equal(
            """{"loaded":true,"row":{"stages":{"payload":{"accepted":true},"preprocessing":{"columns":{"amount":1},"tensors":{"features":{"datatype":"FP32","shape":[1,1],"values":[1]}}},"model":{"tensors":{}},"postprocessing":{"outputs":{"score":1},"decision":"block"}},"prediction":1,"problems":[{"stage":"model","path":"","sentence":"It ended."}],"failed_stage":"model","microseconds":{"model":8},"left_out":[]}}""",
            Json(new TrialAnswer(true, new(stages, one, [new("model", "", "It ended.")], "model", new Dictionary<string, double> { ["model"] = 8 }, []), null, null)));
    }

    [Fact]
    public void Window_keeps_its_form()
    {
        var window = new WindowReport(
            "fraud", 2, "challenger", "", Instant, 10, 3, 4, new Dictionary<string, long> { ["payload"] = 1 }, new Dictionary<int, long> { [12] = 3 },
            0, 1, new Dictionary<int, long> { [5] = 4 }, 0.4, new Dictionary<string, long> { ["allow"] = 4 }, 0, 0, 0, 0, 0);
        Assert.Equal(
            """{"model":"fraud","version":2,"role":"challenger","segment":"","start":"2026-11-23T12:00:00+00:00","seconds":10,"requests":3,"predictions":4,"errors":{"payload":1},"latency":{"12":3},"score_low":0,"score_high":1,"scores":{"5":4},"score_sum":0.4,"decisions":{"allow":4},"mirror_compared":0,"mirror_flips":0,"mirror_sum_difference":0,"mirror_sum_absolute_difference":0,"mirror_dropped":0}""",
            Json(window));
    }

    private static string Json<T>(T record)
    {
        var json = JsonSerializer.Serialize(record, NodeJson.Options);
        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(json, NodeJson.Options), NodeJson.Options);
        Assert.Equal(json, again);
        return json;
    }
}
