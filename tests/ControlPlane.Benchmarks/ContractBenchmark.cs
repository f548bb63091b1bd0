using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlPlane.Domain.Registry;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Inference;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Benchmarks;

/// <summary>
/// What a contract costs a request, in one process and on one thread: payload check, preparation, postprocessing, decision and response check,
/// against a call of ONNX Runtime on a hundred trees of depth 6 measured in turns with them.
/// </summary>
internal static class ContractBenchmark
{
    private const int Rounds = 201;

    // Shorter than a slice of the scheduler, so that most rounds are whole even when others want the cores.
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(1);

    public static async Task Run()
    {
        Console.WriteLine($"contract, lower quartiles of {Rounds} rounds; json = a bare walk over the body, which any server pays; check = what names, rules and columns add to it;");
        Console.WriteLine("prepare = columns and tensor; answer = postprocessing, response check, decision; contract = check + prepare + answer; share = contract / trees:");
        Console.WriteLine("  inputs  rows   json µs  check µs  prepare µs  answer µs  contract µs  trees µs   share  ns/value  bytes/row  aim");
        foreach (var inputs in new[] { 20, 200 })
        {
            foreach (var rows in new[] { 1, 64 }) await Measure(inputs, rows);
        }
    }

    private static async Task Measure(int inputs, int rows)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Models", $"trees-{inputs * 14 / 10}.onnx");
        var settings = EngineSettings.Default(Path.GetTempPath());
        await using var version = await LoadedVersion.Load(new("trees", 1, Contract(inputs), path), EnginePlace.OwnProcess, settings, CancellationToken.None);
        await using var engine = OwnProcessEngine.Open(path, threads: 1, CancellationToken.None);
        var batch = version.Rent();
        var body = Encoding.UTF8.GetBytes(Instances(inputs, rows));
        RowReader.Read(body, version.Plan, batch);
        var answers = await engine.Run(batch.Feed(0, rows), version.Plan.TensorNames, CancellationToken.None);
        await using var canned = new CannedEngine(engine, answers);
        Action[] parts =
        [
            () => Walk(body),
            () => RowReader.Read(body, version.Plan, batch),
            () => batch.Feed(0, rows),
            () => Complete(BatchRun.Execute(version.Plan, canned, batch, null, CancellationToken.None)),
            () => Complete(engine.Run(batch.FeedTensors, version.Plan.TensorNames, CancellationToken.None)),
        ];
        var figures = Quartile(parts);
        var (json, read, prepare, run, trees) = (figures[0], figures[1], figures[2], figures[3], figures[4]);
        // The run with canned answers feeds the batch too.
        var (check, answer) = (read.Microseconds - json.Microseconds, run.Microseconds - prepare.Microseconds);
        var contract = check + prepare.Microseconds + answer;
        var aim = rows == 1 ? $"contract under {2 + 0.1 * inputs:0} µs" : "share under 15 %";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {inputs,6}  {rows,4}  {json.Microseconds,8:F2}  {check,8:F2}  {prepare.Microseconds,10:F2}  {answer,9:F2}  {contract,11:F2}  {trees.Microseconds,8:F1}  {contract / trees.Microseconds,6:P1}  {contract * 1000 / inputs / rows,8:F1}  {(read.Bytes + run.Bytes) / rows,9:F0}  {aim}"));
        version.Return(batch);
    }

    private static double Walk(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var sum = 0.0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number)) sum += number;
        }

        return sum;
    }

    /// <summary>Each part's time and allocation a call, the lower quartile of rounds in which all take their turn: what others took of the cores is no part of it.</summary>
    private static Figure[] Quartile(Action[] parts)
    {
        var rounds = parts.Select(_ => new List<Figure>()).ToArray();
        for (var round = -20; round < Rounds; round++)
        {
            for (var i = 0; i < parts.Length; i++)
            {
                var figure = Time(parts[i]);
                if (round >= 0) rounds[i].Add(figure);
            }
        }

        return [.. rounds.Select(figures => figures.OrderBy(figure => figure.Microseconds).ElementAt(Rounds / 4))];
    }

    private static Figure Time(Action part)
    {
        var calls = 0;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        do
        {
            part();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(started) < RoundLength);

        return new(Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)calls);
    }

    private static void Complete(ValueTask run) => run.GetAwaiter().GetResult();

    private static void Complete(ValueTask<IReadOnlyList<NamedTensor>> run) => run.GetAwaiter().GetResult();

    /// <summary>Of ten inputs six are scaled numbers, two numbers with gaps through impute, clip, log1p and scaling, one a category and one is binned: 14 columns.</summary>
    private static string Contract(int inputs)
    {
        var steps = new JsonArray();
        for (var i = 0; i < inputs; i++)
        {
            foreach (var step in Steps(i)) steps.Add(JsonNode.Parse(step.Replace("NAME", Name(i), StringComparison.Ordinal)));
        }

        steps.Add(new JsonObject
        {
            ["op"] = "assemble", ["tensor"] = "features", ["datatype"] = "FP32", ["columns"] = new JsonArray([.. Enumerable.Range(0, inputs).Select(i => (JsonNode)Name(i))]),
        });
        return new JsonObject
        {
            ["inputs"] = new JsonArray([.. Enumerable.Range(0, inputs).Select(Field)]),
            ["preprocessing"] = steps,
            ["outputs"] = new JsonArray(JsonNode.Parse(
                """{"name": "score", "tensor": "score", "type": "number", "min": 0, "max": 1, "postprocessing": [{"op": "sigmoid"}, {"op": "calibrate", "from": [0, 0.5, 1], "to": [0, 0.3, 1]}]}""")),
            ["policy"] = JsonNode.Parse("""{"score": "score", "bands": [{"at_least": 0.9, "decision": "block"}, {"at_least": 0.4, "decision": "review"}], "otherwise": "allow"}"""),
        }.ToJsonString();
    }

    private static string[] Steps(int input) => (input % 10) switch
    {
        < 6 => ["""{"op": "standardize", "feature": "NAME", "mean": 3, "scale": 2}"""],
        < 8 =>
        [
            """{"op": "impute", "feature": "NAME", "value": 4}""", """{"op": "clip", "feature": "NAME", "max": 1000}""", """{"op": "log1p", "feature": "NAME"}""",
            """{"op": "standardize", "feature": "NAME", "mean": 1.5, "scale": 0.7}""",
        ],
        8 => ["""{"op": "one_hot", "feature": "NAME"}"""],
        _ => ["""{"op": "bucketize", "feature": "NAME", "edges": [0, 1, 2, 5, 10, 20, 50]}"""],
    };

    private static JsonNode Field(int input) => (input % 10) switch
    {
        6 or 7 => new JsonObject { ["name"] = Name(input), ["type"] = "number", ["required"] = false, ["min"] = 0 },
        8 => new JsonObject { ["name"] = Name(input), ["type"] = "category", ["values"] = new JsonArray("alpha", "beta", "gamma", "delta", "epsilon") },
        _ => new JsonObject { ["name"] = Name(input), ["type"] = "number", ["min"] = -1000, ["max"] = 1000 },
    };

    private static string Instances(int inputs, int rows) => new JsonArray([.. Enumerable.Range(0, rows).Select(row => new JsonObject(Enumerable.Range(0, inputs)
        .Select(i => KeyValuePair.Create(Name(i), Value(i, row)))))]).ToJsonString();

    private static JsonNode? Value(int input, int row) => (input % 10) switch
    {
        6 when (input + row) % 4 == 0 => null,
        8 => new[] { "alpha", "beta", "gamma", "delta", "epsilon" }[(input + row) % 5],
        _ => Math.Round(Math.Abs(Math.Cos(input + 31 * row)) * 12, 4),
    };

    private static string Name(int input) => $"feature_{input:000}";

    private readonly record struct Figure(double Microseconds, double Bytes);

    /// <summary>Gives the same answers at once, so that what is left is the contract's own work.</summary>
    private sealed class CannedEngine(IEngine engine, IReadOnlyList<NamedTensor> answers) : IEngine
    {
        public IReadOnlyList<TensorSignature> Inputs => engine.Inputs;

        public IReadOnlyList<TensorSignature> Outputs => engine.Outputs;

        public ValueTask<IReadOnlyList<NamedTensor>> Run(IReadOnlyList<NamedTensor> inputs, IReadOnlyList<string> outputNames, CancellationToken cancellation) => new(answers);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
