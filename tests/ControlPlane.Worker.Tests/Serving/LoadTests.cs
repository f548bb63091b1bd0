using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Tests.Serving;

public sealed class LoadTests
{
    private const string Output = "\"outputs\": [{\"name\": \"y\", \"tensor\": \"y\", \"type\": \"number\"}]";

    [Theory]
    [InlineData("dense", "{\"inputs\": [{\"name\": \"z\", \"type\": \"number\"}], " + Output + "}", "inputs/0/name: the model has no input z; it has x (FP32 [-1, 3])")]
    [InlineData("dense", "{\"inputs\": [{\"name\": \"x\", \"type\": \"number\"}], " + Output + "}", "inputs/0: is one column, but the model's input is x (FP32 [-1, 3])")]
    [InlineData("dense", "{\"inputs\": [{\"name\": \"x\", \"type\": \"text\"}], " + Output + "}", "inputs/0/type: is text, but the model's input is x (FP32 [-1, 3])")]
    [InlineData("dense", "{\"inputs\": [{\"name\": \"x\", \"type\": \"tensor\", \"datatype\": \"FP64\", \"shape\": [-1, 3]}], " + Output + "}", "inputs/0: is FP64 [-1, 3], but the model's input is x (FP32 [-1, 3])")]
    [InlineData("dense", "{\"inputs\": [{\"name\": \"x\", \"type\": \"tensor\", \"datatype\": \"FP32\", \"shape\": [-1, 4]}], " + Output + "}", "inputs/0: is FP32 [-1, 4]")]
    [InlineData("dense", "{\"inputs\": [{\"name\": \"a\", \"type\": \"number\"}], \"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"x\", \"columns\": [\"a\"]}], " + Output + "}",
        "preprocessing/0/columns: give [rows, 1], but the model's input is x (FP32 [-1, 3])")]
    [InlineData("log", "{\"inputs\": [{\"name\": \"a\", \"type\": \"number\"}], \"preprocessing\": [{\"op\": \"assemble\", \"tensor\": \"x\", \"datatype\": \"FP64\", \"columns\": [\"a\"]}], " + Output + "}",
        "preprocessing/0/datatype: is FP64, but the model's input is x (FP32 [-1, 1])")]
    [InlineData("divide", "{\"inputs\": [{\"name\": \"a\", \"type\": \"integer\"}], \"outputs\": [{\"name\": \"y\", \"tensor\": \"y\", \"type\": \"integer\"}]}", "inputs: the model's input b (INT32 [-1]) is filled by no input")]
    [InlineData("divide", "{\"inputs\": [{\"name\": \"a\", \"type\": \"integer\", \"required\": false}, {\"name\": \"b\", \"type\": \"number\"}], \"outputs\": [{\"name\": \"y\", \"tensor\": \"y\", \"type\": \"integer\"}]}",
        "inputs/0/required: a missing value has no place in the model's input a (INT32 [-1])")]
    [InlineData("log", "{\"inputs\": [{\"name\": \"x\", \"type\": \"number\"}], \"outputs\": [{\"name\": \"y\", \"tensor\": \"w\", \"type\": \"number\"}]}", "outputs/0/tensor: the model has no output w; it has y (FP32 [-1, 1])")]
    [InlineData("log", "{\"inputs\": [{\"name\": \"x\", \"type\": \"number\"}], \"outputs\": [{\"name\": \"y\", \"tensor\": \"y\", \"index\": 1, \"type\": \"number\"}]}", "outputs/0/index: is 1, but the model's output is y (FP32 [-1, 1])")]
    [InlineData("scorer", "{\"inputs\": [{\"name\": \"amount\", \"type\": \"number\"}, {\"name\": \"tenure\", \"type\": \"number\"}, {\"name\": \"country\", \"type\": \"text\"}], \"outputs\": [{\"name\": \"y\", \"tensor\": \"probabilities\", \"type\": \"number\"}]}",
        "outputs/0/index: must say which of the 2 columns")]
    [InlineData("scorer", "{\"inputs\": [{\"name\": \"amount\", \"type\": \"number\"}], \"outputs\": [{\"name\": \"y\", \"tensor\": \"label\", \"type\": \"integer\"}]}",
        "inputs: the model's input country (BYTES [-1, 1]) is filled by no input")]
    [InlineData("log", "{\"inputs\": []}", "outputs: is missing")]
    public async Task Load_contract_that_does_not_match_says_where(string model, string contract, string problem)
    {
        var error = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, contract, model));

        Assert.Contains(error.Problems, found => found.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("custom")]
    [InlineData("emptyfile")]
    public async Task Load_file_that_the_runtime_refuses_gives_its_reason(string model)
    {
        await File.WriteAllBytesAsync(ServingHost.ModelPath("emptyfile"), [], TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<VersionLoadException>(() => ServingHost.Load("m", 1, TestContracts.Log, model));

        Assert.Equal("artifact", Assert.Single(error.Problems).Path);
        Assert.Contains("Load model from artifact failed", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(AppContext.BaseDirectory, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scorer")]
    [InlineData("dense")]
    public async Task WarmUp_of_a_loaded_version_succeeds(string model)
    {
        await using var version = await ServingHost.Load("m", 1, model == "scorer" ? TestContracts.Scorer : TestContracts.DenseRaw, model);

        Assert.Null(await version.WarmUp(null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(EnginePlace.OwnProcess)]
    [InlineData(EnginePlace.Child)]
    public async Task WarmUp_gives_the_error_of_a_made_up_row_and_none_of_a_golden_row(EnginePlace place)
    {
        await using var version = await ServingHost.Load("m", 1, TestContracts.Divide, "divide", place);
        var sample = new GoldenSample(1, """{"a": 12, "b": 3}""", new Dictionary<string, string>());

        Assert.Contains("division by zero", await version.WarmUp(null, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Null(await version.WarmUp(sample, TestContext.Current.CancellationToken));
    }
}
