using ControlPlane.UseCases.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ControlPlane.SqlServer;

/// <summary>For dotnet-ef alone, which opens no connection to make a migration.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<ControlPlaneContext>
{
    public ControlPlaneContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ControlPlaneContext>();
        SqlServerDatabase.Configure(options, "Server=localhost;Database=design_time");
        return new(options.Options);
    }
}
