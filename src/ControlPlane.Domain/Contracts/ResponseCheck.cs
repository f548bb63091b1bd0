namespace ControlPlane.Domain.Contracts;

/// <summary>What is wrong with a value that a model answered.</summary>
public enum ResponseFault
{
    /// <summary>NaN or infinity.</summary>
    NotFinite,

    /// <summary>Outside the contract's range.</summary>
    OutOfRange,

    /// <summary>An integer with a fraction, or one that is too large to be exact.</summary>
    NotWhole,
}

/// <summary>Holds a model's answers to its contract: what breaks it is counted and never sent.</summary>
public static class ResponseCheck
{
    /// <summary>Room for the rounding of single precision at the edge of a range: 1.0000001 is a probability of 1. The value is then set to the limit.</summary>
    public const double RoundingRoom = 1e-6;

    /// <summary>Null when the value may be sent; it then lies within the range.</summary>
    public static ResponseFault? CheckNumber(OutputField output, ref double value)
    {
        if (!double.IsFinite(value)) return ResponseFault.NotFinite;
        if (output.Type == FieldType.Integer && (!double.IsInteger(value) || Math.Abs(value) > PayloadRule.LargestInteger)) return ResponseFault.NotWhole;
        if (output.Min is { } min && value < min)
        {
            if (value < min - Room(min)) return ResponseFault.OutOfRange;
            value = min;
        }

        if (output.Max is { } max && value > max)
        {
            if (value > max + Room(max)) return ResponseFault.OutOfRange;
            value = max;
        }

        return null;
    }

    private static double Room(double limit) => RoundingRoom * Math.Max(1, Math.Abs(limit));
}
