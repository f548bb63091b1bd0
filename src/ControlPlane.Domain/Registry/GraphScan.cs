namespace ControlPlane.Domain.Registry;

/// <summary>Walks graphs, also those inside attributes, and adds up what is found in all of them.</summary>
internal sealed class GraphScan(ProtobufReader reader)
{
    private const int MaxPorts = 100_000;
    private const int MaxNodeEdges = 100_000;
    private const int MaxExternalPlaces = 100;

    // Beyond any real axis, group or block size; runtimes were seen to die of such numbers.
    private const long LargeAttribute = 1 << 24;
    private readonly ValueTypeScan _types = new(reader);
    private long _edges;

    public Dictionary<string, int> Operators { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Domains { get; } = new(StringComparer.Ordinal);

    public List<string> ExternalData { get; } = [];

    public HashSet<string> Hazards { get; } = new(StringComparer.Ordinal);

    public int Nodes { get; private set; }

    public GraphContent Read(long end, int depth)
    {
        if (depth > OnnxGraphScan.MaxDepth) throw new OnnxFormatException($"nests graphs more than {OnnxGraphScan.MaxDepth} deep");
        var graph = new GraphContent();
        while (reader.Next(end, out var field, out var wire))
        {
            switch (field)
            {
                case 1:
                    AddNode(graph, ReadNode(reader.Enter(wire, end), depth));
                    break;
                case 5:
                    var (name, type) = ReadTensor(reader.Enter(wire, end));
                    graph.Initialisers[name] = type;
                    break;
                case 11:
                    AddPort(graph.Inputs, reader.Enter(wire, end));
                    break;
                case 12:
                    AddPort(graph.Outputs, reader.Enter(wire, end));
                    break;
                case 15:
                    ReadSparseTensor(reader.Enter(wire, end));
                    break;
                default:
                    reader.Skip(wire, end);
                    break;
            }
        }

        return graph;
    }

    private void AddNode(GraphContent graph, GraphNode node)
    {
        if (++Nodes > OnnxGraphScan.MaxNodes) throw new OnnxFormatException($"has more than {OnnxGraphScan.MaxNodes} operators");
        Operators[node.QualifiedName] = Operators.GetValueOrDefault(node.QualifiedName) + 1;
        Domains.Add(node.IsDefaultDomain ? "ai.onnx" : node.Domain);
        if (node.Operator is "Min" or "Max" or "Sum" or "Mean" && node.Inputs.Contains("")) Hazards.Add($"{node.Operator} has an input without a name");
        foreach (var attribute in node.OddAttributes) Hazards.Add($"{node.QualifiedName} has {attribute}");
        if (node.IsTreeEnsemble && TreeDepth.Doubt(node.Lists) is { } doubt) Hazards.Add($"{node.QualifiedName} {doubt}");
        // Only their depth is of interest; a large forest's lists are not kept.
        node.Lists.Clear();
        graph.Nodes.Add(node);
    }

    private void AddPort(List<GraphPort> ports, long end)
    {
        if (ports.Count >= MaxPorts) throw new OnnxFormatException($"has more than {MaxPorts} inputs or outputs");
        ports.Add(_types.ReadPort(end));
    }

    private GraphNode ReadNode(long end, int depth)
    {
        var node = new GraphNode();
        while (reader.Next(end, out var field, out var wire))
        {
            if (field is 1 or 2 && ++_edges > MaxNodeEdges * 20) throw new OnnxFormatException($"has more than {MaxNodeEdges * 20} edges");
            if (field == 1) node.Inputs.Add(reader.ReadText(wire, end));
            else if (field == 2) node.Outputs.Add(reader.ReadText(wire, end));
            else if (field == 4) node.Operator = reader.ReadText(wire, end);
            else if (field == 5) ReadAttribute(node, reader.Enter(wire, end), depth);
            else if (field == 7) node.Domain = reader.ReadText(wire, end);
            else reader.Skip(wire, end);
        }

        return node;
    }

    private void ReadAttribute(GraphNode node, long end, int depth)
    {
        var name = "";
        long? number = null;
        List<long>? numbers = null;
        while (reader.Next(end, out var field, out var wire))
        {
            switch (field)
            {
                case 1:
                    name = reader.ReadText(wire, end);
                    break;
                case 3:
                    number = reader.ReadNumber(wire, end);
                    break;
                case 5 or 10:
                    node.NamedType = ReadTensor(reader.Enter(wire, end)).Type;
                    break;
                case 6 or 11:
                    Read(reader.Enter(wire, end), depth + 1);
                    break;
                case 8 when TreeDepth.Reads(name):
                    reader.ReadNumbers(wire, end, numbers ??= [], TreeDepth.MaxNodes);
                    break;
                case 22 or 23:
                    ReadSparseTensor(reader.Enter(wire, end));
                    break;
                default:
                    reader.Skip(wire, end);
                    break;
            }
        }

        // Which of two equal names counts is the runtime's choice, so what is read here would not be what runs.
        if (!node.AttributeNames.Add(name)) node.OddAttributes.Add($"{name} twice");
        if (numbers is not null) node.Lists[name] = numbers;
        if (number is { } value)
        {
            if (name == "to") node.NamedType = (int)Math.Clamp(value, 0, 1000);
            if (value is > LargeAttribute or < -LargeAttribute) node.OddAttributes.Add($"{name} = {value}");
        }
    }

    /// <summary>Name and element type of a tensor; its data is skipped.</summary>
    private (string Name, int Type) ReadTensor(long end)
    {
        var (name, type, isExternal) = ("", 0, false);
        string? place = null;
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 2) type = (int)Math.Clamp(reader.ReadNumber(wire, end), 0, 1000);
            else if (field == 8) name = reader.ReadText(wire, end);
            else if (field == 13) place = ReadEntry(reader.Enter(wire, end), "location") ?? place ?? "";
            else if (field == 14) isExternal = reader.ReadNumber(wire, end) != 0;
            else reader.Skip(wire, end);
        }

        if ((isExternal || place is not null) && ExternalData.Count < MaxExternalPlaces) ExternalData.Add(place ?? "");
        return (name, type);
    }

    private void ReadSparseTensor(long end)
    {
        while (reader.Next(end, out var field, out var wire))
        {
            if (field is 1 or 2) ReadTensor(reader.Enter(wire, end));
            else reader.Skip(wire, end);
        }
    }

    private string? ReadEntry(long end, string wanted)
    {
        var (key, value) = ("", "");
        while (reader.Next(end, out var field, out var wire))
        {
            if (field == 1) key = reader.ReadText(wire, end);
            else if (field == 2) value = reader.ReadText(wire, end);
            else reader.Skip(wire, end);
        }

        return key == wanted ? value : null;
    }
}
