namespace ControlPlane.Domain.Registry;

/// <summary>Reads the name and type of a graph's inputs and outputs (ValueInfoProto).</summary>
internal sealed class ValueTypeScan(ProtobufReader reader)
{
    private const int MaxAxes = 256;
    private const int MaxTypeDepth = 8;

    public GraphPort ReadPort(long end)
    {
        var name = "";
        var port = new GraphPort("", PortKind.Other, 0, null);
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) name = reader.ReadText(wire, end);
            else if (field == 2) port = ReadType(reader.Enter(wire, end), 0);
            else reader.Skip(wire, end);
        }

        return port with { Name = name };
    }

    private GraphPort ReadType(long end, int depth)
    {
        if (depth > MaxTypeDepth) throw new OnnxFormatException("nests types too deep");
        var port = new GraphPort("", PortKind.Other, 0, null);
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) port = ReadTensorType(reader.Enter(wire, end));
            else if (field == 4) port = new("", IsSequenceOfMaps(reader.Enter(wire, end), depth) ? PortKind.MapSequence : PortKind.Other, 1, null);
            else reader.Skip(wire, end);
        }

        return port;
    }

    private bool IsSequenceOfMaps(long end, int depth)
    {
        var isMap = false;
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) isMap = HoldsMap(reader.Enter(wire, end), depth + 1);
            else reader.Skip(wire, end);
        }

        return isMap;
    }

    private bool HoldsMap(long end, int depth)
    {
        if (depth > MaxTypeDepth) throw new OnnxFormatException("nests types too deep");
        var isMap = false;
        while (reader.Next(end, out var field, out var wire))
        {
            isMap |= field == 5;
            reader.Skip(wire, end);
        }

        return isMap;
    }

    private GraphPort ReadTensorType(long end)
    {
        var type = 0;
        List<long>? shape = null;
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) type = (int)Math.Clamp(reader.ReadNumber(wire, end), 0, 1000);
            else if (field == 2) shape = ReadShape(reader.Enter(wire, end));
            else reader.Skip(wire, end);
        }

        return new("", PortKind.Tensor, type, shape);
    }

    private List<long> ReadShape(long end)
    {
        var shape = new List<long>();
        while (reader.Next(end, out var field, out var wire))
        {
            if (field != 1)
            {
                reader.Skip(wire, end);
                continue;
            }

            if (shape.Count >= MaxAxes) throw new OnnxFormatException($"has a tensor of more than {MaxAxes} axes");
            shape.Add(ReadAxis(reader.Enter(wire, end)));
        }

        return shape;
    }

    private long ReadAxis(long end)
    {
        var axis = -1L;
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) axis = reader.ReadNumber(wire, end);
            else reader.Skip(wire, end);
        }

        return axis < 0 ? -1 : axis;
    }
}
