using ControlPlane.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>Somebody who signs in; the user name is the e-mail address.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    public IReadOnlyList<Role> Roles { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>There is one row at most: the key makes two first administrators impossible, whoever asks at once.</summary>
public sealed class FirstAdministrator
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    public Guid PersonId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class PersonTable :
    IEntityTypeConfiguration<Person>,
    IEntityTypeConfiguration<FirstAdministrator>,
    IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
    IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
    IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("People");
        builder.Property(person => person.DisplayName).HasMaxLength(Lengths.Line);
        builder.Property(person => person.Roles).HasJson().HasMaxLength(Lengths.Line);
        builder.HasIndex(person => person.NormalizedUserName).HasDatabaseName("ix_people_normalized_user_name");
        builder.HasIndex(person => person.NormalizedEmail).HasDatabaseName("ix_people_normalized_email");
    }

    public void Configure(EntityTypeBuilder<FirstAdministrator> builder) => builder.Property(first => first.Id).ValueGeneratedNever();

    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("PersonClaims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("PersonLogins");
        builder.Property(login => login.LoginProvider).HasMaxLength(Lengths.Key);
        builder.Property(login => login.ProviderKey).HasMaxLength(Lengths.Key);
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder)
    {
        builder.ToTable("PersonTokens");
        builder.Property(token => token.LoginProvider).HasMaxLength(Lengths.Key);
        builder.Property(token => token.Name).HasMaxLength(Lengths.Key);
    }
}
