namespace ControlPlane.Domain.Registry;

/// <summary>One walk over a ModelProto. Field numbers are those of onnx.proto3.</summary>
internal sealed class ModelScan(ProtobufReader reader)
{
    private readonly Dictionary<string, long> _opsets = new(StringComparer.Ordinal);
    private readonly List<string> _functions = [];
    private readonly GraphScan _graphs = new(reader);
    private GraphContent _main = new();

    public int GraphCount { get; private set; }

    public long IrVersion { get; private set; }

    public void Read()
    {
        var end = reader.Length;
        while (reader.Next(end, out var field, out var wire))
        {
            switch (field)
            {
                case 1:
                    IrVersion = reader.ReadNumber(wire, end);
                    break;
                case 7:
                    GraphCount++;
                    _main = _graphs.Read(reader.Enter(wire, end), depth: 1);
                    break;
                case 8:
                    ReadOpset(reader.Enter(wire, end));
                    break;
                case 25:
                    ReadFunction(reader.Enter(wire, end));
                    break;
                default:
                    reader.Skip(wire, end);
                    break;
            }
        }
    }

    public OnnxGraph ToGraph()
    {
        var initialised = _main.Initialisers.Keys.ToHashSet(StringComparer.Ordinal);
        return new(
            IrVersion,
            _opsets,
            _graphs.Operators,
            [.. _graphs.Domains.Order(StringComparer.Ordinal)],
            _graphs.Nodes,
            [.. _graphs.ExternalData.Distinct().Order(StringComparer.Ordinal)],
            _functions,
            [.. _graphs.Hazards.Concat(FloatingDivisions.Doubtful(_main)).Distinct()],
            [.. _main.Inputs.Where(input => !initialised.Contains(input.Name))],
            _main.Outputs);
    }

    private void ReadOpset(long end)
    {
        var (domain, version) = ("", 0L);
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) domain = reader.ReadText(wire, end);
            else if (field == 2) version = reader.ReadNumber(wire, end);
            else reader.Skip(wire, end);
        }

        if (_opsets.Count >= 1000) throw new OnnxFormatException("imports more than 1000 operator sets");
        _opsets[domain.Length == 0 ? "ai.onnx" : domain] = version;
    }

    private void ReadFunction(long end)
    {
        var name = "";
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) name = reader.ReadText(wire, end);
            else reader.Skip(wire, end);
        }

        // Models with functions are refused; the first names are enough to say which.
        if (_functions.Count < 100) _functions.Add(name);
    }
}
