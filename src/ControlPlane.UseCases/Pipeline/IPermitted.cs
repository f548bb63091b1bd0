using ControlPlane.Domain.Access;

namespace ControlPlane.UseCases.Pipeline;

/// <summary>Every request says what its caller must be allowed; a test finds a request that does not.</summary>
public interface IPermitted
{
    /// <summary>Null: anybody, signed in or not (signing in, the first administrator, a node's own calls, which bring their own key).</summary>
    Permission? Needs { get; }
}
