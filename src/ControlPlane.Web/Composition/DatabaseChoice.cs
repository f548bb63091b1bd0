namespace ControlPlane.Web.Composition;

/// <summary>The databases that Web can run on.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, one Web.</summary>
    Sqlite,
    SqlServer,
    PostgreSql,
}

/// <summary>Which database, and how it is reached.</summary>
public sealed record DatabaseChoice(DatabaseProvider Provider, string ConnectionString)
{
    public static DatabaseChoice Read(IConfiguration configuration, DataFolders data)
    {
        var name = configuration["Database:Provider"];
        if (!Enum.TryParse<DatabaseProvider>(string.IsNullOrWhiteSpace(name) ? nameof(DatabaseProvider.Sqlite) : name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider))
            throw new SettingException("Database:Provider", $"must be one of {string.Join(", ", Enum.GetNames<DatabaseProvider>())} (is \"{name}\")");
        var connection = configuration["Database:ConnectionString"];
        if (!string.IsNullOrWhiteSpace(connection)) return new(provider, connection);
        return provider == DatabaseProvider.Sqlite
            ? new(provider, $"Data Source={data.Database}")
            : throw new SettingException("Database:ConnectionString", $"is needed for {provider}");
    }
}
