using ControlPlane.UseCases.Database;

namespace ControlPlane.UseCases.Contracts;

/// <summary>A program that reads a model's answers.</summary>
/// <param name="Fields">Outputs that it reads, <c>decision</c> among them; empty: all.</param>
/// <param name="Stamp">Given back with a change, it keeps two who edit at once from overwriting each other.</param>
public sealed record ConsumerView(
    Guid Id, string Model, string Name, int ResponseMajor, IReadOnlyList<string> Fields, string Owner, string Contact, DateTimeOffset CreatedAt, string CreatedBy, Guid Stamp)
{
    internal static ConsumerView Of(Consumer consumer) => new(
        consumer.Id, consumer.Model, consumer.Name, consumer.ResponseMajor, consumer.Fields, consumer.Owner, consumer.Contact, consumer.CreatedAt, consumer.CreatedBy, consumer.Stamp);
}
