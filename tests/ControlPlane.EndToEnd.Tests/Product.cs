using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace ControlPlane.EndToEnd.Tests;

/// <summary>The whole product as its user starts it: one Web process, which starts its nodes, on free ports and an empty data folder.</summary>
public class Product : IAsyncDisposable
{
    public const string ApiKey = "cp_end-to-end-tests-0123456789abcdef0123456789";
    public const string AdminEmail = "admin@example.org";
    public const string AdminPassword = "correct horse battery staple 7";

    public string Data { get; } = Directory.CreateTempSubdirectory("controlplane-").FullName;

    private readonly List<string> _log = [];
    private Process? _web;

    public int WebPort { get; } = FreePorts(1);

    public int FirstNodePort { get; } = FreePorts(2);

    /// <summary>Set before the start: leaves the installation without an administrator, as a first visit finds it.</summary>
    public bool WithoutAdministrator { get; init; }

    public Uri Web => new($"http://localhost:{WebPort}/");

    public HttpClient Api { get; private set; } = null!;

    public string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log.TakeLast(200));
        }
    }

    public Uri Node(int index) => new($"http://localhost:{FirstNodePort + index}/");

    public async ValueTask InitializeAsync()
    {
        Api = new HttpClient { BaseAddress = Web, Timeout = TimeSpan.FromSeconds(60) };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        await Start();
    }

    public async Task Start()
    {
        _web = Process.Start(StartInfo()) ?? throw new InvalidOperationException("Web did not start.");
        _web.OutputDataReceived += (_, line) => Keep(line.Data);
        _web.ErrorDataReceived += (_, line) => Keep(line.Data);
        _web.BeginOutputReadLine();
        _web.BeginErrorReadLine();
        await Eventually.Holds(async () => (await Api.GetAsync("readyz")).IsSuccessStatusCode, TimeSpan.FromSeconds(90), () => $"Web is not ready.\n{Log}");
        await Eventually.Holds(async () => await NodeIsReady(0) && await NodeIsReady(1), TimeSpan.FromSeconds(90), () => $"The nodes are not ready.\n{Log}");
    }

    public int WebProcessId => _web!.Id;

    /// <summary>SIGTERM, as a service manager stops it; the nodes go with it.</summary>
    public async Task Stop()
    {
        Process.Start("kill", ["-TERM", WebProcessId.ToString()])?.WaitForExit();
        if (!_web!.WaitForExit(TimeSpan.FromSeconds(20))) throw new TimeoutException($"Web did not stop.\n{Log}");
        await _web.WaitForExitAsync();
    }

    /// <summary>SIGKILL: nothing gets a chance to say goodbye.</summary>
    public async Task KillWeb()
    {
        _web!.Kill(entireProcessTree: false);
        await _web.WaitForExitAsync();
    }

    public void KillNode(int index) => Process.GetProcessById(NodeProcessId(index)).Kill();

    public int NodeProcessId(int index) => int.Parse(File.ReadAllText(Path.Combine(Data, "nodes", $"local-{index + 1}", "pid")).Split(' ')[0]);

    public async Task<bool> NodeIsReady(int index)
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
            return (await client.GetAsync(new Uri(Node(index), "v2/health/ready"))).IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is { HasExited: false })
        {
            Process.Start("kill", ["-TERM", _web.Id.ToString()])?.WaitForExit();
            if (!_web.WaitForExit(TimeSpan.FromSeconds(20))) _web.Kill(entireProcessTree: true);
        }

        for (var index = 0; index < 2; index++)
            if (await NodeIsReady(index)) KillNode(index);
        Api.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(Repository.WebOutput, "ControlPlane.Web.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        info.Environment["Urls"] = Web.ToString();
        info.Environment["Data__Directory"] = Data;
        info.Environment["Nodes__FirstPort"] = FirstNodePort.ToString();
        info.Environment["Bootstrap__ApiKey"] = ApiKey;
        if (WithoutAdministrator) return info;
        info.Environment["Bootstrap__AdminEmail"] = AdminEmail;
        info.Environment["Bootstrap__AdminPassword"] = AdminPassword;
        return info;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_log) _log.Add(line);
    }

    /// <summary>First of so many free neighbouring ports.</summary>
    private static int FreePorts(int count)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var first = Random.Shared.Next(20_000, 30_000);
            if (Enumerable.Range(first, count).All(IsFree)) return first;
        }

        throw new InvalidOperationException("No free ports were found.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
