using ControlPlane.Domain.Contracts;

namespace ControlPlane.Demo.Tests;

public sealed class ContractFileTests
{
    [Theory]
    [InlineData("fraud-scoring", "champion", 10)]
    [InlineData("fraud-scoring", "challenger", 10)]
    [InlineData("delivery-risk", "champion", 10)]
    [InlineData("delivery-risk", "challenger", 10)]
    public async Task Contract_of_the_training_script_is_one_that_the_product_reads(string model, string which, int inputs)
    {
        var reading = ContractReader.Read(await File.ReadAllTextAsync(Path.Combine(DemoModels.Folder(model), which, "contract.json"), TestContext.Current.CancellationToken));

        Assert.Empty(reading.Problems);
        Assert.Equal(inputs, reading.Contract!.Inputs.Count);
        Assert.Equal(model == "delivery-risk", reading.Contract.Preprocessing.OfType<AssembleStep>().Any());
    }
}
