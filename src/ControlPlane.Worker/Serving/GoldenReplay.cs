using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Serving;

/// <summary>What came of replaying golden samples through the whole serving path.</summary>
/// <param name="MaxDifference">Largest |answer − expected| over all numeric outputs.</param>
/// <param name="Problems">One for each sample that failed or disagreed (path <c>golden:line</c>), at most 20.</param>
/// <param name="Failed">Samples that failed or disagreed.</param>
/// <param name="Microseconds">Time of each sample as one request of one row, in the order given.</param>
public sealed record GoldenReplay(int Samples, int Failed, double MaxDifference, IReadOnlyList<Problem> Problems, IReadOnlyList<double> Microseconds);
