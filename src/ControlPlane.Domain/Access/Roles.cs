namespace ControlPlane.Domain.Access;

/// <summary>What a person or a key is trusted with.</summary>
public enum Role
{
    Administrator,
    MlLead,
    DataScientist,
    Analyst,
    Auditor,
    Operator,
}

/// <summary>What a request needs its caller to be allowed. Propose, approve, promote and edit are four different things.</summary>
public enum Permission
{
    /// <summary>See models, rollouts, nodes and charts.</summary>
    View,

    /// <summary>Create models and upload versions.</summary>
    EditRegistry,

    /// <summary>Say for a consumer that it can live with a version's breaking changes. It approves nothing.</summary>
    AcknowledgeChanges,

    /// <summary>Draft, submit and cancel rollouts.</summary>
    ProposeRollout,

    /// <summary>Approve or reject somebody else's rollout.</summary>
    ApproveRollout,

    /// <summary>Start, hold, resume and promote rollouts.</summary>
    PromoteRollout,

    /// <summary>Roll a model back.</summary>
    RollBack,

    /// <summary>Release at once without exposure.</summary>
    ReleaseImmediately,

    /// <summary>Send outcomes.</summary>
    ReportOutcomes,

    /// <summary>Enlist, drain and remove nodes.</summary>
    OperateFleet,

    /// <summary>Read the audit trail.</summary>
    ReadAudit,

    /// <summary>People, keys and settings.</summary>
    Administer,
}
