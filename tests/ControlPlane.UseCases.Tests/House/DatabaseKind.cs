namespace ControlPlane.UseCases.Tests.House;

/// <summary>The databases that every use case is tried on.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
    SqlServer,
}
