using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class ContractReaderTests
{
    [Fact]
    public void Read_full_contract_gives_every_part()
    {
        var reading = ContractReader.Read(ContractTexts.Full);

        Assert.Empty(reading.Problems);
        var contract = reading.Contract!;
        Assert.Equal(["amount", "country", "tenure_days", "returning"], contract.Inputs.Select(input => input.Name));
        Assert.Equal(100000, contract.Inputs[0].Max);
        Assert.False(contract.Inputs[2].Required);
        Assert.Equal(new ImputeStep("tenure_days", 0, null), contract.Preprocessing[0]);
        Assert.Equal(["amount", "tenure_days", "returning"], Assert.IsType<AssembleStep>(contract.Preprocessing[1]).Columns);
        Assert.Equal(50, contract.Runtime.TimeoutMilliseconds);
        Assert.Equal(1, contract.Outputs[0].Index);
        Assert.Equal("block", contract.Policy!.Bands[0].Decision);
        Assert.Equal(90, contract.Outcome!.HorizonDays);
        Assert.Equal(["country"], contract.Segments);
    }

    [Fact]
    public void Read_smallest_contract_takes_defaults()
    {
        var contract = ContractReader.Read(ContractTexts.Smallest).Contract!;

        Assert.Equal(new RuntimeSettings(), contract.Runtime);
        Assert.Equal("1.0", contract.ResponseVersion);
        Assert.True(contract.Inputs[0].Required);
        Assert.Null(contract.Policy);
    }

    [Theory]
    [InlineData("\"colour\": 1", "colour", "is not known here")]
    [InlineData("\"runtime\": {\"thread\": 1}", "runtime/thread", "is not known here")]
    [InlineData("\"runtime\": {\"threads\": \"2\"}", "runtime/threads", "must be a whole number from 1 to 256 (is \"2\")")]
    [InlineData("\"runtime\": {\"threads\": 1.5}", "runtime/threads", "must be a whole number")]
    [InlineData("\"runtime\": {\"format\": \"pickle\"}", "runtime/format", "pickle is not known; known are onnx")]
    [InlineData("\"runtime\": {\"max_delay_microseconds\": 10}", "runtime/max_delay_microseconds", "not known yet")]
    [InlineData("\"segments\": [\"y\"]", "segments/0", "y is not an input")]
    [InlineData("\"segments\": [\"x\"]", "segments/0", "x is a number")]
    [InlineData("\"segments\": \"x\"", "segments", "must be a list")]
    [InlineData("\"slo\": {\"error_rate\": 2}", "slo/error_rate", "must be from 0 to 1")]
    [InlineData("\"response\": {\"version\": \"one\"}", "response/version", "must be major.minor")]
    [InlineData("\"outcome\": {\"name\": \"c\", \"kind\": \"binary\", \"good\": \"low\"}", "outcome/horizon_days", "is missing")]
    [InlineData("\"preprocessing\": [{\"op\": \"impute\", \"feature\": \"o\", \"value\": 0}, {\"op\": \"log2p\", \"feature\": \"x\"}]",
        "preprocessing/1/op", "log2p is not known; known are impute, clip, log1p,")]
    [InlineData("\"preprocessing\": [{\"op\": \"impute\", \"feature\": \"x\", \"value\": 0}]", "preprocessing/0/feature", "x is required and so never missing")]
    [InlineData("\"preprocessing\": [{\"op\": \"impute\", \"feature\": \"o\", \"value\": \"many\"}]", "preprocessing/0/value", "must be a number")]
    [InlineData("\"preprocessing\": [{\"op\": \"impute\", \"feature\": \"o\", \"value\": [1]}]", "preprocessing/0/value", "must be a number, text, true or false")]
    [InlineData("\"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"t\", \"columns\": [\"z\"]}]", "preprocessing/0/columns/0", "z is not an input")]
    [InlineData("\"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"t\", \"columns\": [\"c\"]}]", "preprocessing/0/columns/0", "c is a category")]
    [InlineData("\"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"t\", \"columns\": []}]", "preprocessing/0/columns", "must name at least one column")]
    [InlineData("\"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"c\", \"columns\": [\"x\"]}]", "preprocessing/0/tensor", "c is already the name of a tensor")]
    [InlineData("\"preprocessing\": [{\"op\": \"assemble\", \"columns\": [\"x\"]}]", "preprocessing/0/tensor", "is missing")]
    [InlineData("\"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"t\", \"datatype\": \"BYTES\", \"columns\": [\"x\"]}]", "preprocessing/0/datatype", "BYTES is no datatype of numbers")]
    [InlineData("\"policy\": {\"score\": \"q\", \"bands\": [{\"at_least\": 0.5, \"decision\": \"a\"}], \"otherwise\": \"b\"}", "policy/score", "q is not an output")]
    [InlineData("\"policy\": {\"score\": \"p\", \"bands\": [{\"at_least\": 0.5, \"decision\": \"a\"}, {\"at_least\": 0.6, \"decision\": \"b\"}], \"otherwise\": \"b\"}",
        "policy/bands/1/at_least", "must be below the band before it (0.6 is not below 0.5)")]
    [InlineData("\"policy\": {\"score\": \"p\", \"bands\": [{\"at_least\": 1.5, \"decision\": \"a\"}], \"otherwise\": \"b\"}", "policy/bands/0/at_least", "1.5 is outside the range of p")]
    [InlineData("\"policy\": {\"score\": \"p\", \"bands\": [], \"otherwise\": \"b\"}", "policy/bands", "must hold at least one band")]
    public void Read_wrong_part_names_its_path(string part, string path, string sentence)
    {
        var reading = ContractReader.Read(ContractTexts.SmallestWith(part));

        Assert.Null(reading.Contract);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(path, problem.Path);
        Assert.Contains(sentence, problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"name\": \"a\", \"type\": \"number\", \"min\": 2, \"max\": 1}", "inputs/0/min", "must not be above max (2 > 1)")]
    [InlineData("{\"name\": \"a\", \"type\": \"numbr\"}", "inputs/0/type", "numbr is not known; known are number, integer, boolean, category, text, tensor")]
    [InlineData("{\"name\": \"a\"}", "inputs/0/type", "is missing")]
    [InlineData("{\"type\": \"number\"}", "inputs/0/name", "is missing")]
    [InlineData("{\"name\": \"\", \"type\": \"number\"}", "inputs/0/name", "must not be empty")]
    [InlineData("{\"name\": 7, \"type\": \"number\"}", "inputs/0/name", "must be text (is 7)")]
    [InlineData("{\"name\": \"a\", \"type\": \"number\", \"name\": \"b\"}", "inputs/0/name", "is given twice")]
    [InlineData("{\"name\": \"a\", \"type\": \"text\", \"min\": 1}", "inputs/0/min", "is for a number or an integer")]
    [InlineData("{\"name\": \"a\", \"type\": \"number\", \"values\": [\"b\"]}", "inputs/0/values/0", "must be a number (is \"b\")")]
    [InlineData("{\"name\": \"a\", \"type\": \"category\"}", "inputs/0/values", "must list the categories")]
    [InlineData("{\"name\": \"a\", \"type\": \"category\", \"values\": [\"b\", \"b\"]}", "inputs/0/values/1", "b is given twice")]
    [InlineData("{\"name\": \"a\", \"type\": \"category\", \"values\": [\"b\"], \"unseen\": \"drop\"}", "inputs/0/unseen", "drop is not known; known are reject, accept")]
    [InlineData("{\"name\": \"a\", \"type\": \"number\", \"required\": \"yes\"}", "inputs/0/required", "must be true or false")]
    [InlineData("{\"name\": \"a\", \"type\": \"tensor\", \"shape\": [-1]}", "inputs/0/datatype", "is missing")]
    [InlineData("{\"name\": \"a\", \"type\": \"tensor\", \"datatype\": \"FP8\", \"shape\": [-1]}", "inputs/0/datatype", "FP8 is not known")]
    [InlineData("{\"name\": \"a\", \"type\": \"tensor\", \"datatype\": \"FP32\", \"shape\": [-2]}", "inputs/0/shape/0", "must be a length, or -1")]
    [InlineData("{\"name\": \"a\", \"type\": \"tensor\", \"datatype\": \"FP32\"}", "inputs/0/shape", "is missing")]
    [InlineData("[]", "inputs/0", "must be an object (is a list)")]
    public void Read_wrong_input_names_its_path(string input, string path, string sentence)
    {
        var reading = ContractReader.Read($$"""{"inputs": [{{input}}], "outputs": [{"name": "p", "tensor": "t", "type": "number"}]}""");

        Assert.Null(reading.Contract);
        Assert.Contains(reading.Problems, problem => problem.Path == path && problem.Sentence.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_twin_names_are_refused()
    {
        var reading = ContractReader.Read("""
            {"inputs": [{"name": "a", "type": "number"}, {"name": "a", "type": "text"}],
             "outputs": [{"name": "p", "tensor": "t", "type": "number"}, {"name": "decision", "tensor": "t", "type": "number"}]}
            """);

        Assert.Equal(
            ["outputs/1/name: decision is a field of every answer; choose another name", "inputs/1/name: a is given twice"],
            reading.Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void Read_collects_all_problems_at_once()
    {
        var reading = ContractReader.Read("""{"inputs": [], "outputs": [{"name": "p", "tensor": "t", "type": "x"}], "extra": 1}""");

        Assert.Equal(["inputs", "outputs/0/type", "extra"], reading.Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{", "is not JSON")]
    [InlineData("{\"inputs\": NaN}", "is not JSON")]
    [InlineData("[1]", "must be an object")]
    [InlineData("null", "must be an object")]
    [InlineData("{\"inputs\": [{\"name\": \"\\ud800\", \"type\": \"number\"}], \"outputs\": []}", "not valid Unicode")]
    public void Read_no_contract_at_all_says_so(string json, string sentence) =>
        Assert.Contains(sentence, ContractReader.Read(json).Problems[0].ToString(), StringComparison.Ordinal);
}
