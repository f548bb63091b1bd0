namespace ControlPlane.Demo.Tests;

public sealed class DemoOptionsTests
{
    [Fact]
    public void Parse_reads_every_option()
    {
        var options = DemoOptions.Parse(["--web", "http://host:1", "--api-key", "k", "--requests-per-second", "2.5", "--seed", "9", "--stop-with-process", "12"]);

        Assert.Equal(new DemoOptions(new Uri("http://host:1"), "k", 2.5, 9, 12), options);
    }

    [Fact]
    public void Parse_takes_the_key_of_the_variable_unless_the_option_gives_one()
    {
        Assert.Equal("of-variable", DemoOptions.Parse([], "of-variable").ApiKey);
        Assert.Equal("of-option", DemoOptions.Parse(["--api-key", "of-option"], "of-variable").ApiKey);
        Assert.Contains(DemoOptions.ApiKeyVariable, Assert.Throws<ArgumentException>(() => DemoOptions.Parse([])).Message);
    }

    [Theory]
    [InlineData("--api-key", "--web", "http://localhost:5080")]
    [InlineData("--web", "--api-key", "k", "--web", "nowhere")]
    [InlineData("--requests-per-second", "--api-key", "k", "--requests-per-second", "0")]
    [InlineData("--seed", "--api-key", "k", "--seed", "x")]
    [InlineData("--api-key", "--api-key")]
    [InlineData("--stop-with-process", "--api-key", "k", "--stop-with-process", "0")]
    [InlineData("--colour", "--colour", "red")]
    public void Parse_names_the_option_that_is_wrong(string named, params string[] args) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => DemoOptions.Parse(args)).Message);
}
