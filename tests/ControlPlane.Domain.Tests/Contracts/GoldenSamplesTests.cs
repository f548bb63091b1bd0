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

    [Fact]
    public void Read_stages_gives_what_training_computed_on_the_way()
    {
        var reading = GoldenSamples.Read("""
            {"inputs": {"amount": 1}, "outputs": {"score": 0.5}, "stages": {"preprocessing": {"amount": 0.31, "features": [0.31, null, 1]}, "model": {"probabilities": [0.5, 0.5]}}}
            {"inputs": {"amount": 1}, "outputs": {"score": 0.5}, "stages": {}}
            """, Contract);

        Assert.Empty(reading.Problems);
        Assert.Equal("[0.31, null, 1]", reading.Samples[0].Stages!.Preprocessing["features"]);
        Assert.Equal("0.31", reading.Samples[0].Stages!.Preprocessing["amount"]);
        Assert.Equal("[0.5, 0.5]", reading.Samples[0].Stages!.Model["probabilities"]);
        Assert.Null(reading.Samples[1].Stages);
    }

    [Theory]
    [InlineData("{\"preprocessing\": {\"amuont\": 1}}", "golden:1/stages/preprocessing/amuont", "is not a column or tensor that the contract prepares; those are amount, country")]
    [InlineData("{\"preprocessing\": {\"amount\": {}}}", "golden:1/stages/preprocessing/amount", "must be a number, a text, true, false, null, or a list of those")]
    [InlineData("{\"preprocessing\": [1]}", "golden:1/stages/preprocessing", "must be an object")]
    [InlineData("{\"preprocessing\": {\"amount\": 1, \"amount\": 2}}", "golden:1/stages/preprocessing/amount", "is given twice")]
    [InlineData("{\"model\": {\"logits\": 1}}", "golden:1/stages/model/logits", "is not a tensor that an output of the contract is taken from; those are probabilities")]
    [InlineData("{\"modell\": {}}", "golden:1/stages/modell", "is not known here; known are preprocessing, model")]
    [InlineData("[]", "golden:1/stages", "must be an object")]
    public void Read_wrong_stage_names_it(string stages, string path, string sentence)
    {
        var reading = GoldenSamples.Read("{\"inputs\": {\"amount\": 1}, \"outputs\": {\"score\": 0.5}, \"stages\": " + stages + "}", Contract);

        Assert.Contains(reading.Problems, problem => problem.Path == path && problem.Sentence.StartsWith(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"score\": 1}", "golden:2/outputs/decision", "is missing, though the first sample expects it")]
    [InlineData("{\"score\": null, \"decision\": \"block\"}", "golden:2/outputs/score", "is missing: null is no expectation")]
    public void Read_row_without_an_output_names_line_and_output(string outputs, string path, string sentence)
    {
        var reading = GoldenSamples.Read($$$"""
            {"inputs": {"amount": 1}, "outputs": {"score": 0.5, "decision": "allow"}}
            {"inputs": {"amount": 2}, "outputs": {{{outputs}}}}
            """, Contract);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((path, sentence), (problem.Path, problem.Sentence));
    }

    [Fact]
    public void Lines_more_samples_than_allowed_end_with_a_problem()
    {
        var lines = string.Concat(Enumerable.Repeat("{\"inputs\": {}, \"outputs\": {\"score\": 1}}\n", GoldenSamples.MaxSamples + 5));

        var last = GoldenSamples.Lines(System.Text.Encoding.UTF8.GetBytes(lines), Contract).Last();

        Assert.Equal(new("golden:100001", "there are more than 100000 samples"), Assert.Single(last.Problems));
    }
}
