using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Registry;

/// <summary>Which part of a golden sample a column holds.</summary>
internal enum GoldenPart
{
    Inputs,
    Outputs,
    Preprocessing,
    Model,
}

/// <summary>One column of golden samples in CSV.</summary>
/// <param name="Field">Name of the input, output, column or tensor.</param>
/// <param name="Element">Place in a list, from 0, when the header ends in a number; null for a value of its own.</param>
/// <param name="Type">How its cells read; null where the contract does not say (numbers as numbers, all else as text).</param>
internal sealed record GoldenColumn(GoldenPart Part, string Field, int? Element, FieldType? Type);
