using ControlPlane.UseCases.Access;

namespace ControlPlane.UseCases.Audit;

/// <summary>The append-only record of who did what.</summary>
public interface IAuditTrail
{
    /// <summary>Adds an entry to the unit of work at hand: it is committed with the change that it tells of, or not at all.</summary>
    /// <param name="action">Snake_case and in the past: <c>model_created</c>.</param>
    /// <param name="subject">A path such as <c>models/fraud-scoring/versions/3</c>.</param>
    /// <param name="detail">Written as snake_case JSON.</param>
    /// <param name="by">Who did it, where that is not the current caller (a node that showed its own key).</param>
    void Append(string action, string subject, string? reason = null, object? detail = null, Caller? by = null);
}
