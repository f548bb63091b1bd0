using ControlPlane.Domain.Contracts;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;
using ControlPlane.Worker.Tests.Node;
using ControlPlane.Worker.Tests.Serving;

namespace ControlPlane.Worker.Tests.Placements;

public sealed class GoldenFileTests : IDisposable
{
    private static readonly Contract Contract = ContractReader.Read(TestContracts.Log).Contract!;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Samples_keep_their_lines_however_long_and_whether_or_not_the_last_one_ends(string end)
    {
        var space = new string(' ', 200_000);
        var file = Write($"{Line(1)}{end}{end}{space}{Line(2)}{space}{end}{Line(3)}");

        Assert.Equal(3, file.Count);
        Assert.Equal([1, 3, 4], file.Samples().Select(sample => sample.Line));
        Assert.Equal(["{\"x\": 1}", "{\"x\": 2}", "{\"x\": 3}"], file.Samples().Select(sample => sample.InputsJson));
    }

    [Fact]
    public void Line_that_is_no_sample_throws_with_its_place_after_those_before_it()
    {
        var file = Write($"{Line(1)}\n{{\"inputs\": {{}}}}\n");

        Assert.Equal(2, file.Count);
        Assert.Equal(1, file.Samples().First().Line);
        var fault = Assert.Throws<VersionLoadException>(() => file.Samples().Count());
        Assert.Equal("golden:2/outputs: must be an object", fault.Message);
    }

    private static string Line(int x) => $$$"""{"inputs": {"x": {{{x}}}}, "outputs": {"y": 0.5}}""";

    private GoldenFile Write(string text)
    {
        var path = Path.Combine(_directory.Path, "golden.jsonl");
        File.WriteAllText(path, text);
        return new(path, Contract);
    }
}
