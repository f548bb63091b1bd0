namespace ControlPlane.Domain.Serving;

/// <summary>How a version became champion.</summary>
public enum ReleaseCause
{
    /// <summary>First release of the model, or an immediate one.</summary>
    Released,

    /// <summary>A rollout ended well.</summary>
    Promoted,

    /// <summary>A person took the model back to it.</summary>
    RolledBack,
}
