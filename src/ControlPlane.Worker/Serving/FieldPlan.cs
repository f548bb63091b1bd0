using System.Text;
using ControlPlane.Domain.Contracts;

namespace ControlPlane.Worker.Serving;

/// <summary>One input of the contract, made ready for reading rows.</summary>
internal sealed class FieldPlan
{
    // Comparing with a few known values beats making a string of every value that comes.
    private const int MostComparedValues = 16;

    public FieldPlan(InputField field, int place)
    {
        Field = field;
        Place = place;
        Rule = new PayloadRule(field);
        NameUtf8 = Encoding.UTF8.GetBytes(field.Name);
        var values = field.Values is { Count: <= MostComparedValues } few ? few : [];
        KnownValues = [.. values.Select(value => (Encoding.UTF8.GetBytes(value), value))];
    }

    public InputField Field { get; }

    /// <summary>Place in the contract's inputs, and of the column in a batch.</summary>
    public int Place { get; }

    public PayloadRule Rule { get; }

    public byte[] NameUtf8 { get; }

    public (byte[] Utf8, string Text)[] KnownValues { get; }

    public bool IsText => Field.Type is FieldType.Category or FieldType.Text;

    public bool IsRaw => Field.Type == FieldType.Tensor;
}
