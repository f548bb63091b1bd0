using ControlPlane.UseCases.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ControlPlane.Sqlite;

/// <summary>For dotnet-ef alone, which opens no connection to make a migration.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<ControlPlaneContext>
{
    public ControlPlaneContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ControlPlaneContext>();
        SqliteDatabase.Configure(options, "Data Source=design-time.db");
        return new(options.Options);
    }
}
