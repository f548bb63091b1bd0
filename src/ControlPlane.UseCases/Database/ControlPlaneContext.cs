using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ControlPlane.UseCases.Database;

/// <summary>Everything that is remembered. The same model on SQLite, SQL Server and PostgreSQL; what differs between them lives in <c>db/</c>.</summary>
public sealed class ControlPlaneContext(DbContextOptions<ControlPlaneContext> options) : IdentityUserContext<Person, Guid>(options)
{
    public DbSet<FirstAdministrator> FirstAdministrators => Set<FirstAdministrator>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<DeploymentEnvironment> Environments => Set<DeploymentEnvironment>();

    public DbSet<Model> Models => Set<Model>();

    public DbSet<ModelVersion> Versions => Set<ModelVersion>();

    public DbSet<ContractDraft> ContractDrafts => Set<ContractDraft>();

    public DbSet<Consumer> Consumers => Set<Consumer>();

    public DbSet<Acknowledgement> Acknowledgements => Set<Acknowledgement>();

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<Split> Splits => Set<Split>();

    public DbSet<SplitChange> SplitChanges => Set<SplitChange>();

    public DbSet<SplitAcknowledgement> SplitAcknowledgements => Set<SplitAcknowledgement>();

    public DbSet<Release> Releases => Set<Release>();

    public DbSet<RolloutRow> Rollouts => Set<RolloutRow>();

    public DbSet<RolloutHistory> RolloutHistory => Set<RolloutHistory>();

    public DbSet<GateEvaluation> GateEvaluations => Set<GateEvaluation>();

    public DbSet<WindowRow> Windows => Set<WindowRow>();

    public DbSet<Outcome> Outcomes => Set<Outcome>();

    // Fixed here, because the default is read from the host's settings and the migrations must not depend on them.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version1;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(Lengths.Word);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ControlPlaneContext).Assembly);
        SnakeCaseNames.Apply(builder.Model);
    }
}
