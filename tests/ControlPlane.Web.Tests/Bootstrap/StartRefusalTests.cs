using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ControlPlane.Web.Composition;
using Microsoft.Extensions.Configuration;

namespace ControlPlane.Web.Tests.Bootstrap;

/// <summary>Starts that would disturb another program end with one sentence and change nothing.</summary>
public sealed class StartRefusalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Data_directory_in_use_is_refused_and_names_the_process_until_it_is_let_go()
    {
        using (var first = new DataLock())
        {
            first.Take(Settings("Sqlite"));
            using var second = new DataLock();
            var refusal = Assert.Throws<SettingException>(() => second.Take(Settings("Sqlite")));
            Assert.Equal("Data:Directory", refusal.Setting);
            Assert.EndsWith($"{_folder.Path}, which is in use by process {Environment.ProcessId}.", refusal.Message);
        }

        using var next = new DataLock();
        next.Take(Settings("Sqlite"));
    }

    [Fact]
    public void Data_directory_beside_a_server_database_is_not_held()
    {
        using var first = new DataLock();
        first.Take(Settings("PostgreSql"));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("http://localhost:{0}")]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://127.0.0.1:0;http://*:{0}")]
    public void Taken_port_is_refused_and_a_free_one_is_not(string addresses)
    {
        using var other = Listener();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var told = string.Format(System.Globalization.CultureInfo.InvariantCulture, addresses, port);
        var refusal = Assert.Throws<SettingException>(() => PortProbe.Require(told));
        Assert.Equal($"Setting Urls names port {port}, which is taken by another program.", refusal.Message);
        other.Stop();
        PortProbe.Require(told);
    }

    [Theory]
    [InlineData(true, "Setting Data:Directory names ")]
    [InlineData(false, "Setting Urls names port ")]
    public async Task Second_start_ends_with_one_sentence_and_code_2(bool onTheSameData, string says)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var other = Listener();
        using var held = new DataLock();
        if (onTheSameData) held.Take(Settings("Sqlite"));
        var start = new ProcessStartInfo("dotnet", [typeof(DataLock).Assembly.Location, "--Urls", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}", "--Data:Directory", _folder.Path, "--Nodes:Local", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var web = Process.Start(start)!;
        var log = web.StandardOutput.ReadToEndAsync(cancel);
        var errors = (await web.StandardError.ReadToEndAsync(cancel)).Trim();
        await web.WaitForExitAsync(cancel);
        Assert.Equal(2, web.ExitCode);
        Assert.StartsWith($"ControlPlane cannot start. {says}", errors);
        Assert.Single(errors.Split('\n'));
        Assert.DoesNotContain("   at ", await log);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "controlplane.db")));
    }

    public void Dispose() => _folder.Dispose();

    private static TcpListener Listener()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private WebSettings Settings(string provider) => WebSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Data:Directory"] = _folder.Path,
        ["Database:Provider"] = provider,
        ["Database:ConnectionString"] = provider == "Sqlite" ? null : "Host=nowhere",
    }).Build());
}
