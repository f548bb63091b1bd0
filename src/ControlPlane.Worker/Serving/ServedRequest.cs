using ControlPlane.Domain.Serving;
using ControlPlane.Domain.Telemetry;

namespace ControlPlane.Worker.Serving;

/// <summary>One answered, failed or mirrored request as it is counted. A ref struct: the spans belong to pooled buffers and end with the call.</summary>
public readonly ref struct ServedRequest
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required TrafficRole Role { get; init; }

    /// <summary>Answered rows; 0 when the request failed.</summary>
    public int Rows { get; init; }

    /// <summary>Null: answered.</summary>
    public ErrorKind? Error { get; init; }

    public double Microseconds { get; init; }

    /// <summary>Policy score (or first numeric output) of each row; empty without one.</summary>
    public ReadOnlySpan<double> Scores { get; init; }

    /// <summary>Declared range of the score; both null when the contract gives none, then there is no histogram.</summary>
    public double? ScoreLow { get; init; }

    public double? ScoreHigh { get; init; }

    /// <summary>Decision of each row; empty without a policy.</summary>
    public ReadOnlySpan<string> Decisions { get; init; }

    /// <summary>Comparison with the answer that was sent; set for mirrors alone.</summary>
    public MirrorComparison? Mirror { get; init; }
}
