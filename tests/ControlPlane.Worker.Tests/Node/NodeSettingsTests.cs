using ControlPlane.Worker.Node;
using Microsoft.Extensions.Configuration;

namespace ControlPlane.Worker.Tests.Node;

public sealed class NodeSettingsTests
{
    [Fact]
    public void Nothing_given_takes_the_defaults()
    {
        var settings = Read();
        Assert.Equal("production", settings.Environment);
        Assert.Equal("http://localhost:5081", settings.Address);
        Assert.Equal(new Uri("http://localhost:5080"), settings.Web);
        Assert.EndsWith($"-5081", settings.Name);
        Assert.Equal(Path.GetFullPath(Path.Combine("data", "nodes", settings.Name)), settings.Directory);
    }

    [Fact]
    public void Binding_to_every_interface_is_called_by_the_name_of_the_machine() =>
        Assert.Equal($"http://{Environment.MachineName.ToLowerInvariant()}:7000", Read(("Urls", "http://+:7000")).Address);

    [Theory]
    [InlineData("Node:Web", "localhost:5080")]
    [InlineData("Node:Address", "ftp://here")]
    [InlineData("Node:Name", "../up")]
    public void Wrong_setting_is_named(string setting, string value)
    {
        var refusal = Assert.Throws<NodeSettingException>(() => Read((setting, value)));
        Assert.StartsWith($"{setting}: must be", refusal.Message);
        Assert.Contains($"'{value}'", refusal.Message);
    }

    private static NodeSettings Read(params (string Name, string Value)[] given) => NodeSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(given.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))).Build());
}
