using System.Text.Json;

namespace ControlPlane.NodeProtocol;

/// <summary>A version to be tried at once, out of the traffic: the row, or without one its golden samples. A node that has this very release loaded tries that.</summary>
public sealed record TrialOrder(
    string Model, int Version, string ReleaseDigest, string ArtifactDigest, long ArtifactBytes, string ContractJson, string? GoldenDigest, TrialRow? Row);

/// <summary>A raw row as the row form takes it, and the form of the answer that is asked for.</summary>
public sealed record TrialRow(string InputsJson, string? ResponseVersion);

/// <summary>What came of a trial. Exactly one of row, golden and failure is set.</summary>
/// <param name="Loaded">It ran in the process that serves; otherwise in a throwaway child.</param>
/// <param name="Failure">Why the version could not be tried at all: it does not load, or it ended the child.</param>
public sealed record TrialAnswer(bool Loaded, TrialReport? Row, GoldenReplayReport? Golden, string? Failure);

/// <summary>One row on its way. A stage that was not reached is null.</summary>
/// <param name="Prediction">The body that a client would get, its errors too.</param>
/// <param name="FailedStage">payload, preprocessing, model or postprocessing; null when it is answered.</param>
/// <param name="Microseconds">By stage.</param>
/// <param name="LeftOut">What was too large to show, one sentence each.</param>
public sealed record TrialReport(
    TrialStages Stages,
    JsonElement? Prediction,
    IReadOnlyList<TrialProblem> Problems,
    string? FailedStage,
    IReadOnlyDictionary<string, double> Microseconds,
    IReadOnlyList<string> LeftOut);

/// <summary>What a row was at each stage.</summary>
public sealed record TrialStages(TrialPayload Payload, TrialPreparation? Preprocessing, TrialTensors? Model, TrialOutcome? Postprocessing);

/// <summary>Whether the contract takes the row; if not, the problems of the payload say why.</summary>
public sealed record TrialPayload(bool Accepted);

/// <summary>The prepared columns (a value each, a list where a column is several wide) and the tensors that the model is fed with.</summary>
public sealed record TrialPreparation(IReadOnlyDictionary<string, JsonElement> Columns, IReadOnlyDictionary<string, TrialTensor> Tensors);

/// <summary>The tensors that the model gave.</summary>
public sealed record TrialTensors(IReadOnlyDictionary<string, TrialTensor> Tensors);

/// <summary>A tensor; of a large one the first values alone. A number that is not finite is null.</summary>
public sealed record TrialTensor(string Datatype, IReadOnlyList<long> Shape, IReadOnlyList<JsonElement> Values);

/// <summary>Outputs by name, and the decision where there is a policy.</summary>
public sealed record TrialOutcome(IReadOnlyDictionary<string, JsonElement> Outputs, string? Decision);

/// <summary>One thing wrong, at which stage and where.</summary>
public sealed record TrialProblem(string Stage, string Path, string Sentence);
