namespace ControlPlane.Domain.Contracts;

/// <summary>One golden sample: raw inputs and the outputs that training computed for them.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="InputsJson">The row as the row form takes it.</param>
/// <param name="Outputs">Expected outputs by name, each a JSON value; <c>decision</c> may be among them.</param>
public sealed record GoldenSample(int Line, string InputsJson, IReadOnlyDictionary<string, string> Outputs);
