namespace ControlPlane.Domain.Access;

/// <summary>The one table of who may do what.</summary>
public static class RolePermissions
{
    private static readonly IReadOnlyDictionary<Role, IReadOnlySet<Permission>> Table = new Dictionary<Role, IReadOnlySet<Permission>>
    {
        [Role.Administrator] = Enum.GetValues<Permission>().ToHashSet(),
        [Role.MlLead] = new HashSet<Permission>
        {
            Permission.View, Permission.EditRegistry, Permission.AcknowledgeChanges, Permission.ProposeRollout, Permission.ApproveRollout, Permission.PromoteRollout,
            Permission.RollBack, Permission.ReleaseImmediately, Permission.ReportOutcomes, Permission.ReadAudit,
        },
        [Role.DataScientist] = new HashSet<Permission>
        {
            Permission.View, Permission.EditRegistry, Permission.AcknowledgeChanges, Permission.ProposeRollout, Permission.ReportOutcomes,
        },
        [Role.Analyst] = new HashSet<Permission> { Permission.View, Permission.AcknowledgeChanges, Permission.ReportOutcomes },
        [Role.Auditor] = new HashSet<Permission> { Permission.View, Permission.ReadAudit },
        [Role.Operator] = new HashSet<Permission> { Permission.View, Permission.OperateFleet, Permission.RollBack },
    };

    /// <summary>Whether any of the roles carries the permission. No roles: nothing is allowed.</summary>
    public static bool Allow(IEnumerable<Role> roles, Permission permission) => roles.Any(role => Table[role].Contains(permission));
}
