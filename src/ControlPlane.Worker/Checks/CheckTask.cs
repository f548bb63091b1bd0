using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Checks;

/// <summary>What the throwaway child is to do, as it is handed over in a file.</summary>
/// <param name="PreparationPath">The graph of the contract's onnx step.</param>
public sealed record CheckTask(CheckOrder Order, string ArtifactPath, string? GoldenPath, string? PreparationPath = null)
{
    public static CheckTask Read(string path) =>
        JsonSerializer.Deserialize<CheckTask>(File.ReadAllBytes(path), NodeJson.Options) ?? throw new JsonException($"{path} holds no check");

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, NodeJson.Options));
}

/// <summary>How far a check has come. Written before each stage, because the child may not live to tell.</summary>
public enum CheckStage
{
    Starting,
    Scanning,
    Opening,
    WarmingUp,
    RunningGolden,
    MeasuringLatency,
    MeasuringMemory,

    /// <summary>Every check has a result.</summary>
    Finished,
}

/// <summary>What the child has found so far.</summary>
public sealed record CheckProgress(CheckStage Stage, IReadOnlyList<CheckResultReport> Results, string? Engine, IReadOnlyDictionary<string, int> Operators, GoldenReplayReport? Golden = null)
{
    public static CheckProgress Nothing { get; } = new(CheckStage.Starting, [], null, new Dictionary<string, int>());

    /// <summary>What the file says; nothing when the child died before it wrote one.</summary>
    public static CheckProgress Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<CheckProgress>(File.ReadAllBytes(path), NodeJson.Options) ?? Nothing : Nothing;

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, NodeJson.Options));
}
