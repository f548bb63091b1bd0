using System.Text;

namespace ControlPlane.OnnxRuntime.Tests;

/// <summary>A valid model of any length, written by hand as protobuf, as it is too large to commit: a chain of Neg from x to y.</summary>
internal static class ChainModel
{
    private const int IrVersion = 1, OpsetImport = 8, Graph = 7;
    private const int GraphNode = 1, GraphName = 2, GraphInput = 11, GraphOutput = 12;
    private const int NodeInput = 1, NodeOutput = 2, NodeOperator = 4;

    public static byte[] Bytes(int nodes)
    {
        var graph = new MemoryStream();
        for (var i = 0; i < nodes; i++)
        {
            var node = new MemoryStream();
            Write(node, NodeInput, Text(i == 0 ? "x" : $"v{i}"));
            Write(node, NodeOutput, Text(i == nodes - 1 ? "y" : $"v{i + 1}"));
            Write(node, NodeOperator, Text("Neg"));
            Write(graph, GraphNode, node.ToArray());
        }
        Write(graph, GraphName, Text("chain"));
        Write(graph, GraphInput, FloatValue("x"));
        Write(graph, GraphOutput, FloatValue("y"));

        var model = new MemoryStream();
        model.Write([IrVersion << 3, 8]);
        Write(model, OpsetImport, [2 << 3, 17]);
        Write(model, Graph, graph.ToArray());
        return model.ToArray();
    }

    // ValueInfoProto { name = 1, type = 2 { tensor_type = 1 { elem_type = 1: FLOAT, shape = 2 { dim = 1 { dim_value = 1: 1 } } } } }
    private static byte[] FloatValue(string name)
    {
        var value = new MemoryStream();
        Write(value, 1, Text(name));
        Write(value, 2, [0x0A, 0x08, 0x08, 0x01, 0x12, 0x04, 0x0A, 0x02, 0x08, 0x01]);
        return value.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static void Write(MemoryStream target, int field, byte[] content)
    {
        target.WriteByte((byte)(field << 3 | 2));
        var length = content.Length;
        for (; length > 127; length >>= 7)
            target.WriteByte((byte)(length & 127 | 128));
        target.WriteByte((byte)length);
        target.Write(content);
    }
}
