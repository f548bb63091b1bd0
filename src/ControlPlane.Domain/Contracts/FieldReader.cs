using System.Text.Json;

namespace ControlPlane.Domain.Contracts;

/// <summary>Reads what inputs and outputs have in common: range and raw tensor.</summary>
internal static class FieldReader
{
    public static (double? Min, double? Max) ReadRange(JsonFields fields, FieldType type)
    {
        var (min, max) = (fields.OptionalNumber("min"), fields.OptionalNumber("max"));
        if (min > max) fields.Refuse("min", $"must not be above max ({Plain.Number(min.Value)} > {Plain.Number(max.Value)})");
        if (type is FieldType.Number or FieldType.Integer) return (min, max);
        if (min is not null) fields.Refuse("min", "is for a number or an integer");
        if (max is not null) fields.Refuse("max", "is for a number or an integer");
        return (null, null);
    }

    public static TensorShape? ReadTensor(JsonFields fields, FieldType type)
    {
        if (type != FieldType.Tensor)
        {
            if (fields.OptionalText("datatype") is not null) fields.Refuse("datatype", "is for a raw tensor");
            if (fields.List("shape", required: false).Count > 0) fields.Refuse("shape", "is for a raw tensor");
            return null;
        }

        var datatype = fields.RequiredName("datatype");
        if (datatype.Length > 0 && !TensorDatatype.IsKnown(datatype))
            fields.Refuse("datatype", $"{Plain.Short(datatype)} is not known; known are {string.Join(", ", TensorDatatype.All)}");
        var axes = fields.List("shape", required: true);
        if (axes.Count > 16) fields.Refuse("shape", "has more than 16 axes");
        var shape = new List<long>();
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i].ValueKind == JsonValueKind.Number && axes[i].TryGetInt64(out var axis) && axis is >= -1 and <= int.MaxValue) shape.Add(axis);
            else fields.Refuse($"shape/{i}", $"must be a length, or -1 for a free axis (is {JsonFields.Describe(axes[i])})");
        }

        return new(datatype, shape);
    }
}
