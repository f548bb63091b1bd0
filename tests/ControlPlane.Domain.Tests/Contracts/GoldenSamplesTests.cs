using ControlPlane.Domain.Contracts;
using Xunit;

namespace ControlPlane.Domain.Tests.Contracts;

public sealed class GoldenSamplesTests
{
    private static readonly Contract Contract = ContractReader.Read(ContractTexts.Full).Contract!;

    [Fact]
    public void Read_gives_samples_with_their_lines()
    {
        var reading = GoldenSamples.Read("""
            {"inputs": {"amount": 1}, "outputs": {"score": 0.5}}

            {"inputs": {"amount": 2}, "outputs": {"score": 0.6, "decision": "review"}}
            """, Contract);

        Assert.Empty(reading.Problems);
        Assert.Equal([1, 3], reading.Samples.Select(sample => sample.Line));
        Assert.Equal("""{"amount": 2}""", reading.Samples[1].InputsJson);
        Assert.Equal("\"review\"", reading.Samples[1].Outputs["decision"]);
    }

    [Theory]
    [InlineData("{\"inputs\": {}", "golden:1", "is not JSON")]
    [InlineData("{\"inputs\": {}}", "golden:1/outputs", "must be an object")]
    [InlineData("{\"inputs\": [], \"outputs\": {\"score\": 1}}", "golden:1/inputs", "must be an object")]
    [InlineData("{\"inputs\": {}, \"outputs\": {}}", "golden:1/outputs", "must expect at least one output")]
    [InlineData("{\"inputs\": {}, \"outputs\": {\"skore\": 1}}", "golden:1/outputs/skore", "is not an output of the contract; those are score, decision")]
    [InlineData("{\"inputs\": {}, \"outputs\": {\"score\": 1}, \"weight\": 2}", "golden:1/weight", "is not known here")]
    [InlineData("", "golden", "holds no samples")]
    [InlineData("\n{\"inputs\": {}, \"outputs\": {\"score\": NaN}}", "golden:2", "is not JSON")]
    public void Read_wrong_line_names_it(string lines, string path, string sentence)
    {
        var reading = GoldenSamples.Read(lines, Contract);

        Assert.Empty(reading.Samples);
        Assert.Equal(path, reading.Problems[0].Path);
        Assert.Contains(sentence, reading.Problems[0].Sentence, StringComparison.Ordinal);
    }
}
