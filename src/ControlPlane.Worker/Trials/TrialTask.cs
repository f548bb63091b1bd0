using System.Text.Json;
using ControlPlane.NodeProtocol;
using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Trials;

/// <summary>What the throwaway child is to try, as it is handed over in a file.</summary>
/// <param name="PreparationPath">The graph of the contract's onnx step.</param>
public sealed record TrialTask(TrialOrder Order, string ArtifactPath, string? GoldenPath, string? PreparationPath)
{
    public static TrialTask Read(string path) =>
        JsonSerializer.Deserialize<TrialTask>(File.ReadAllBytes(path), NodeJson.Options) ?? throw new JsonException($"{path} holds no trial");

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, NodeJson.Options));
}

/// <summary>How far a trial in the throwaway child has come. Written before each stage, because the child may not live to tell.</summary>
public enum TrialStage
{
    Starting,
    Scanning,
    Opening,
    Running,
    Finished,
}

/// <summary>What the child has found so far. While it runs, the row's report ends before the model.</summary>
public sealed record TrialProgress(TrialStage Stage, TrialReport? Row = null, GoldenReplayReport? Golden = null, string? Failure = null)
{
    /// <summary>What the file says; nothing when the child died before it wrote one.</summary>
    public static TrialProgress Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<TrialProgress>(File.ReadAllBytes(path), NodeJson.Options) ?? new(TrialStage.Starting) : new(TrialStage.Starting);

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, NodeJson.Options));

    /// <summary>The answer of a child that ended so. One that died while the model ran on a row leaves the row's way up to there.</summary>
    public TrialAnswer ToAnswer(CheckEnding ending)
    {
        if (Stage == TrialStage.Finished) return new(false, Row, Golden, Failure);
        var sentence = $"The process {ending.Cause} while {Doing}.";
        return Stage == TrialStage.Running && Row is { } row
            ? new(false, row with { FailedStage = "model", Problems = [new("model", "", sentence)] }, null, null)
            : new(false, null, null, sentence);
    }

    private string Doing => Stage switch
    {
        TrialStage.Starting => "starting",
        TrialStage.Scanning => "reading the file",
        TrialStage.Opening => "opening the model",
        TrialStage.Running or TrialStage.Finished => Row is null ? "running golden samples" : "running the row",
    };
}
