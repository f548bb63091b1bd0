using ControlPlane.Domain.Contracts;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class ContractRoundTripTests
{
    private const string Whole = """
        {"inputs": [{"name": "amount", "type": "number", "min": 0, "max": 100000, "unit": "EUR", "monitored": false},
           {"name": "rooms", "type": "integer", "values": [1, 2, 3]}, {"name": "vip", "type": "boolean", "required": false},
           {"name": "country", "type": "category", "values": ["DE", "FR", "US"], "unseen": "missing", "max_length": 2}],
         "preprocessing": [{"op": "impute", "feature": "country", "value": "DE"}, {"op": "impute", "feature": "vip", "value": false, "indicator": "vip_missing"},
           {"op": "log1p", "feature": "amount", "into": "amount_log"}, {"op": "standardize", "feature": "amount_log", "mean": 3.2, "scale": 1.1},
           {"op": "min_max", "feature": "amount", "min": 0, "max": 1000, "low": -1, "clip": true}, {"op": "one_hot", "feature": "country", "drop_first": true},
           {"op": "ordinal", "feature": "rooms"}, {"op": "assemble", "tensor": "features", "columns": ["amount", "amount_log", "country", "rooms", "vip", "vip_missing"]}],
         "outputs": [{"name": "score", "tensor": "logits", "index": 1, "type": "number", "min": 0, "max": 1, "labels": ["good", "bad"],
             "postprocessing": [{"op": "softmax"}, {"op": "calibrate", "from": [0, 1], "to": [0.1, 0.9]}]},
           {"name": "class", "tensor": "logits", "type": "category", "labels": ["good", "bad"], "postprocessing": [{"op": "argmax"}]},
           {"name": "why", "tensor": "shap", "type": "explanation", "explanation": {"kind": "attributions", "features": ["amount", "country"], "top": 2}}],
         "policy": {"score": "score", "bands": [{"at_least": 0.9, "decision": "block"}], "otherwise": "allow",
           "overrides": [{"segment": {"vip": true, "rooms": 2, "country": "US"}, "bands": [{"at_least": 0.95, "decision": "block"}], "otherwise": "greet"}]},
         "response": {"version": "2.0", "previous": {"version": "1.3", "fields": [{"name": "points", "from": "score", "multiply": 100, "add": 1},
           {"name": "decision", "from": "decision", "values": {"greet": "allow"}}]}}}
        """;

    /// <summary>Others hash this text: a change of it makes stored digests wrong.</summary>
    private const string WholeForm =
        """{"inputs":[{"max":100000,"min":0,"monitored":false,"name":"amount","required":true,"type":"number","unit":"EUR"},{"name":"rooms","required":true,"type":"integer","values":[1,2,3]}""" +
        """,{"name":"vip","required":false,"type":"boolean"},{"max_length":2,"name":"country","required":true,"type":"category","unseen":"missing","values":["DE","FR","US"]}]""" +
        ""","outputs":[{"index":1,"labels":["good","bad"],"max":1,"min":0,"name":"score","postprocessing":[{"op":"softmax"},{"from":[0,1],"op":"calibrate","to":[0.1,0.9]}],"tensor":"logits","type":"number"}""" +
        """,{"labels":["good","bad"],"name":"class","postprocessing":[{"op":"argmax"}],"tensor":"logits","type":"category"},{"explanation":{"features":["amount","country"],"kind":"attributions","top":2},"name":"why","tensor":"shap","type":"explanation"}]""" +
        ""","policy":{"bands":[{"at_least":0.9,"decision":"block"}],"otherwise":"allow","overrides":[{"bands":[{"at_least":0.95,"decision":"block"}],"otherwise":"greet","segment":{"country":"US","rooms":2,"vip":true}}],"score":"score"}""" +
        ""","preprocessing":[{"feature":"country","op":"impute","value":"DE"},{"feature":"vip","indicator":"vip_missing","op":"impute","value":false},{"feature":"amount","into":"amount_log","op":"log1p"}""" +
        """,{"feature":"amount_log","mean":3.2,"op":"standardize","scale":1.1},{"clip":true,"feature":"amount","low":-1,"max":1000,"min":0,"op":"min_max"},{"drop_first":true,"feature":"country","op":"one_hot"}""" +
        """,{"feature":"rooms","op":"ordinal"},{"columns":["amount","amount_log","country","rooms","vip","vip_missing"],"datatype":"FP32","op":"assemble","tensor":"features"}]""" +
        ""","response":{"previous":{"fields":[{"add":1,"from":"score","multiply":100,"name":"points"},{"from":"decision","name":"decision","values":{"greet":"allow"}}],"version":"1.3"},"version":"2.0"}""" +
        ""","runtime":{"format":"onnx","max_batch":64,"max_delay_microseconds":0,"memory_megabytes":512,"threads":1,"timeout_milliseconds":1000},"segments":[]}""";

    [Fact]
    public void Write_whole_contract_is_the_snapshot() => Assert.Equal(WholeForm, ContractCanonicalForm.Write(ContractReader.Read(Whole).Contract!));

    [Fact]
    public void Read_whole_contract_gives_the_new_parts()
    {
        var contract = ContractReader.Read(Whole).Contract!;

        Assert.Equal([1, 2, 3], contract.Inputs[1].AllowedNumbers!);
        Assert.Equal(new MinMaxStep("amount", 0, 1000, -1, 1, true), contract.Preprocessing[4]);
        Assert.Equal([new("vip", "true"), new("rooms", "2"), new("country", "US")], contract.Policy!.SegmentOverrides[0].Segment);
        Assert.Equal("greet", contract.Policy.Decide(0.5, contract.Policy.SegmentOverrides[0]));
        Assert.Equal(["softmax", "calibrate"], contract.Outputs[0].PostprocessingSteps.Select(step => step.Op));
        Assert.Equal((1, "allow"), (contract.Response.Previous!.Major, contract.Response.Previous.Fields[1].Values!["greet"]));
    }

    [Fact]
    public void Read_of_what_was_written_is_the_same_contract() => Prop.ForAll<int>(seed =>
    {
        var contract = new RandomContract(seed).Make();
        var written = ContractCanonicalForm.Write(contract);
        var reading = ContractReader.Read(written);
        Assert.True(reading.IsRead, $"{string.Join("; ", reading.Problems)} in {written}");
        Assert.Equal(written, ContractCanonicalForm.Write(reading.Contract));
        Assert.Equal(contract.Preprocessing.Where(step => step is not (AssembleStep or BucketizeStep or OneHotStep or OrdinalStep)), reading.Contract.Preprocessing.Where(step => step is not (AssembleStep or BucketizeStep or OneHotStep or OrdinalStep)));
        Assert.Equal(contract.Outputs.Select(output => output.Index), reading.Contract.Outputs.Select(output => output.Index));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Write_every_part_that_changes_changes_the_digest()
    {
        var contract = ContractReader.Read(Whole).Contract!;
        var (first, score, policy) = (contract.Inputs[0], contract.Outputs[0], contract.Policy!);
        Contract WithInput(InputField input) => contract with { Inputs = [input, .. contract.Inputs.Skip(1)] };
        Contract WithOutput(OutputField output) => contract with { Outputs = [output, .. contract.Outputs.Skip(1)] };
        Contract WithStep(int place, PreprocessingStep step) => contract with { Preprocessing = [.. contract.Preprocessing.Take(place), step, .. contract.Preprocessing.Skip(place + 1)] };
        Contract[] changed =
        [
            contract, WithInput(first with { Monitored = true }), WithInput(first with { AllowedNumbers = [1] }), WithInput(first with { MaxLength = 1 }), WithInput(first with { Min = 1 }),
            WithStep(2, new Log1pStep("amount", "other")), WithStep(3, new StandardizeStep("amount_log", 3.2, 1.2)), WithStep(3, new StandardizeStep("amount_log", 3.3, 1.1)),
            WithStep(4, new MinMaxStep("amount", 0, 1000, -1)), WithStep(4, new MinMaxStep("amount", 0, 1000, -1, 2, true)), WithStep(5, new OneHotStep("country")),
            WithStep(5, new OneHotStep("country", new(["DE", "FR"], null), true)), WithStep(6, new OrdinalStep("rooms", UnseenValue: 0)), WithStep(6, new OrdinalStep("rooms", MissingValue: 0)),
            WithStep(6, new BucketizeStep("rooms", [0, 1])), WithStep(6, new BucketizeStep("rooms", [0, 1], true)), WithStep(6, new CastStep("rooms", CastTarget.Text)),
            WithOutput(score with { Labels = ["bad", "good"] }), WithOutput(score with { Postprocessing = [new SoftmaxStep()] }), WithOutput(score with { Postprocessing = [new SigmoidStep()] }),
            WithOutput(score with { Postprocessing = null }), contract with { Policy = policy with { Overrides = null } },
            contract with { Policy = policy with { Overrides = [policy.SegmentOverrides[0] with { Otherwise = null }] } },
            contract with { Response = new("2.0") }, contract with { Response = contract.Response with { Previous = new("1.4", contract.Response.Previous!.Fields) } },
            contract with { Response = contract.Response with { Previous = new("1.3", [new("points", "score", 100)]) } },
        ];

        Assert.Equal(changed.Length, changed.Select(ContractCanonicalForm.Digest).Distinct().Count());
    }
}
