namespace ControlPlane.Domain.Contracts;

/// <summary>One golden sample: raw inputs and the outputs that training computed for them.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="InputsJson">The row as the row form takes it.</param>
/// <param name="Outputs">Expected outputs by name, each a JSON value; <c>decision</c> may be among them.</param>
/// <param name="Stages">What training computed on the way; null when only final outputs are expected.</param>
public sealed record GoldenSample(int Line, string InputsJson, IReadOnlyDictionary<string, string> Outputs, GoldenStages? Stages = null);

/// <summary>What training computed between the raw row and the outputs: each a JSON value or a list of them, where <c>null</c> is a missing number.</summary>
/// <param name="Preprocessing">By prepared column or tensor that the model is fed with.</param>
/// <param name="Model">By tensor that the model gives.</param>
public sealed record GoldenStages(IReadOnlyDictionary<string, string> Preprocessing, IReadOnlyDictionary<string, string> Model);

/// <summary>One line that is not empty: its sample, or what is wrong with it.</summary>
public readonly record struct GoldenLine(GoldenSample? Sample, IReadOnlyList<Problem> Problems);

/// <summary>What came of reading golden samples.</summary>
public sealed record GoldenReading(IReadOnlyList<GoldenSample> Samples, IReadOnlyList<Problem> Problems);
