using ControlPlane.Web.Bootstrap;
using ControlPlane.Web.Composition;
using Microsoft.Extensions.Configuration;

namespace ControlPlane.Web.Tests.Bootstrap;

/// <summary>A wrong setting stops the start and is named.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("Nodes:Local", "two")]
    [InlineData("Nodes:Local", "-1")]
    [InlineData("Nodes:FirstPort", "99999")]
    [InlineData("Rollouts:LookSeconds", "0")]
    [InlineData("Telemetry:WindowRetentionDays", "0")]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Database:Provider", "7")]
    public void Wrong_setting_is_named(string setting, string value)
    {
        var wrong = Assert.Throws<SettingException>(() => WebSettings.Read(Settings((setting, value))));
        Assert.Equal(setting, wrong.Setting);
        Assert.Contains(value, wrong.Message);
    }

    [Fact]
    public void Server_database_without_a_connection_string_is_refused()
    {
        var wrong = Assert.Throws<SettingException>(() => WebSettings.Read(Settings(("Database:Provider", "PostgreSql"))));
        Assert.Equal("Database:ConnectionString", wrong.Setting);
    }

    [Theory]
    [InlineData("Bootstrap:AdminEmail", "nobody", "Bootstrap:AdminEmail")]
    [InlineData("Bootstrap:AdminEmail", "ann@example.org", "Bootstrap:AdminPassword")]
    [InlineData("Bootstrap:AdminPassword", "long enough", "Bootstrap:AdminEmail")]
    [InlineData("Bootstrap:ApiKey", "short", "Bootstrap:ApiKey")]
    [InlineData("Bootstrap:ApiKey", "with blanks and so on", "Bootstrap:ApiKey")]
    public void Wrong_bootstrap_setting_is_named(string setting, string value, string named) =>
        Assert.Equal(named, Assert.Throws<SettingException>(() => BootstrapSettings.Read(Settings((setting, value)))).Setting);

    [Fact]
    public void Join_token_is_drawn_once_and_kept_for_its_owner_alone()
    {
        var data = new DataFolders(_folder.Path);
        var drawn = JoinToken.Read(Settings(), data);
        Assert.Equal(drawn, JoinToken.Read(Settings(), data));
        Assert.True(drawn.Value.Length > 40);
        // Windows has no file modes.
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.JoinToken));
    }

    [Fact]
    public void Configured_join_token_wins_and_a_short_one_is_refused()
    {
        var data = new DataFolders(_folder.Path);
        Assert.Equal("a-token-of-our-own", JoinToken.Read(Settings(("Nodes:JoinToken", "a-token-of-our-own")), data).Value);
        Assert.Equal("Nodes:JoinToken", Assert.Throws<SettingException>(() => JoinToken.Read(Settings(("Nodes:JoinToken", "short")), data)).Setting);
        Assert.False(File.Exists(data.JoinToken));
    }

    public void Dispose() => _folder.Dispose();

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
