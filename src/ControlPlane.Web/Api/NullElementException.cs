using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ControlPlane.Web.Api;

/// <summary>A list holds null where an element is wanted: the reader looks after the nulls of fields, not after those of lists.</summary>
public sealed class NullElementException(int index) : JsonException("A list doesn't allow null elements.")
{
    public int Index { get; } = index;

    /// <summary>Makes the reader refuse nulls in every list it reads.</summary>
    public static void Refuse(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable) type.OnDeserialized = list => Require((IEnumerable)list);
    }

    private static void Require(IEnumerable list)
    {
        var index = 0;
        foreach (var element in list)
        {
            if (element is null) throw new NullElementException(index);
            index++;
        }
    }
}
