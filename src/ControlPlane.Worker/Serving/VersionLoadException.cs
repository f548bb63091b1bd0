using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Serving;

/// <summary>A version cannot be served: its contract is wrong, does not match the model, or the runtime refused the file.</summary>
public sealed class VersionLoadException(IReadOnlyList<Problem> problems) : Exception(string.Join("; ", problems))
{
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
