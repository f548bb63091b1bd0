using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace ControlPlane.UseCases.Tests.House;

/// <summary>One row per database; one that is not there is a visible skip with its reason. The test takes a <see cref="DatabaseKind"/>.</summary>
public sealed class OnEachDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. Enum.GetValues<DatabaseKind>().Select(Row)]);

    public override bool SupportsDiscoveryEnumeration() => true;

    private static TheoryDataRow<DatabaseKind> Row(DatabaseKind database) => new(database)
    {
        Skip = database switch
        {
            DatabaseKind.Sqlite => null,
            DatabaseKind.PostgreSql => PostgreSqlServer.Absence,
            DatabaseKind.SqlServer => SqlServerTemplate.Absence,
        },
    };
}
