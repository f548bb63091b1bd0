using System.Text.Json;
using ControlPlane.NodeProtocol;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlPlane.UseCases.Database;

/// <summary>Immutable values kept as one JSON text column, snake_case, on every database.</summary>
public static class JsonColumn
{
    // What a record computes from its own parts is not stored beside them.
    private static readonly JsonSerializerOptions Options = new(NodeJson.Options) { IgnoreReadOnlyProperties = true };

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) where T : class? => property.HasConversion(
        value => JsonSerializer.Serialize(value, Options),
        text => JsonSerializer.Deserialize<T>(text, Options)!,
        new ValueComparer<T>(
            (left, right) => JsonSerializer.Serialize(left, Options) == JsonSerializer.Serialize(right, Options),
            value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
            value => value));
}
