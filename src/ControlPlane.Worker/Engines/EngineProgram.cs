using System.Globalization;
using System.Runtime.InteropServices;
using ControlPlane.Domain.Contracts;
using ControlPlane.Domain.Registry;
using ControlPlane.Domain.Serving;
using ControlPlane.Worker.Inference;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Engines;

/// <summary>
/// The program with the verb <c>engine</c>: one model, raw tensors, the Open Inference Protocol over a Unix socket, and nothing else.
/// It may die at any request; its node starts it again.
/// </summary>
public static class EngineProgram
{
    public const string Verb = "engine";
    public const string Model = "model";

    /// <summary>Written to standard output when the socket is open.</summary>
    public const string ReadyWord = "ready";

    /// <summary>The runtime or the pre-scan refuses the artifact; the reason stands on standard error.</summary>
    public const int Refused = 3;
    private const int Version = 1;

    /// <summary>Arguments: <c>engine --socket PATH --artifact FILE --threads N</c>. Ends when standard input ends, which it does with the node.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            using var ignoreTerminal = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            await using var loaded = await Load(Argument(args, "--artifact"), int.Parse(Argument(args, "--threads"), CultureInfo.InvariantCulture));
            await using var app = Build(loaded, Argument(args, "--socket"));
            await app.StartAsync();
            await Console.Out.WriteLineAsync(ReadyWord);
            // The node holds the other end of standard input: when the node is gone, however it went, so is its engine.
            while (await Console.In.ReadLineAsync() is not null)
            {
            }

            await app.StopAsync();
            return 0;
        }
        catch (VersionLoadException cause)
        {
            await Console.Error.WriteLineAsync(cause.Message);
            return Refused;
        }
    }

    private static async Task<LoadedVersion> Load(string artifact, int threads)
    {
        var reading = ContractInference.FromSignature(ArtifactScan.Read(artifact).Graph);
        if (!reading.IsRead) throw new VersionLoadException(reading.Problems);
        // The node holds the clock and the queue; here nothing may end a run but the node's own cancelling.
        var contract = reading.Contract with { Runtime = new(Threads: threads, TimeoutMilliseconds: 600_000) };
        var settings = EngineSettings.Default(Path.GetTempPath()) with { AllowsNotFinite = true };
        return await LoadedVersion.Load(new(Model, Version, ContractCanonicalForm.Write(contract), artifact), EnginePlace.OwnProcess, settings, CancellationToken.None);
    }

    private static WebApplication Build(LoadedVersion loaded, string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenUnixSocket(socket);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var tables = new ServingTableHolder();
        tables.Swap(ServingTable.Of(true, [new(Model, new TrafficSplit(Model, 1, Version, [], [], ""), new Dictionary<int, LoadedVersion> { [Version] = loaded })]));
        builder.Services.AddSingleton(tables);
        builder.Services.AddSingleton(new InferenceSettings(int.MaxValue));
        builder.Services.AddSingleton<IPredictionSink, Uncounted>();
        builder.Services.AddSingleton<IMirrorQueue, Uncounted>();
        var app = builder.Build();
        InferenceApi.Map(app);
        return app;
    }

    private static string Argument(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length
        ? args[at + 1]
        : throw new ArgumentException($"{name} is missing.", nameof(args));

    /// <summary>The node counts and mirrors; its engine does neither.</summary>
    private sealed class Uncounted : IPredictionSink, IMirrorQueue
    {
        public void Record(in ServedRequest request)
        {
        }

        public bool TryEnqueue(MirrorRequest request) => false;
    }
}
