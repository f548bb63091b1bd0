using ControlPlane.Domain.Contracts;

namespace ControlPlane.Domain.Tests.Contracts;

/// <summary>Runs preprocessing steps over columns of values, as a batch would.</summary>
internal sealed class Prepared
{
    private readonly PreparedRows _rows;

    private Prepared(PreparedRows rows) => _rows = rows;

    public PreparationPlan Plan => _rows.Plan;

    public static Contract ContractOf(IReadOnlyList<InputField> inputs, params PreprocessingStep[] steps) =>
        new(inputs, steps, new(), [new("y", "y", null, FieldType.Number)], null, new("1.0"), null, [], null);

    /// <summary>Numbers as double[] and texts as string[], one array per input.</summary>
    public static Prepared Of(IReadOnlyList<InputField> inputs, Array[] columns, params PreprocessingStep[] steps)
    {
        var plan = PreparationPlan.Of(ContractOf(inputs, steps));
        var rows = new PreparedRows(plan, [.. columns.Select(column => column as double[] ?? [])], [.. columns.Select(column => column as string[] ?? [])]);
        rows.Prepare(0, columns[0].Length);
        return new(rows);
    }

    /// <summary>One number input x.</summary>
    public static Prepared Of(double[] x, params PreprocessingStep[] steps) => Of([new("x", FieldType.Number, Required: false)], [x], steps);

    /// <summary>One text input c that takes any value.</summary>
    public static Prepared Of(string[] c, params PreprocessingStep[] steps) => Of([new("c", FieldType.Text, Required: false)], [c], steps);

    public double[] Numbers(string name, int at = 0) => _rows.Numbers(Plan.Find(name)!, at).ToArray();

    public string[] Texts(string name) => _rows.Texts(Plan.Find(name)!).ToArray();

    /// <summary>Row after row, the columns of a wide one side by side.</summary>
    public double[][] Rows(string name) =>
        [.. Enumerable.Range(0, _rows.Count).Select(row => Enumerable.Range(0, Plan.Find(name)!.Width).Select(at => Numbers(name, at)[row]).ToArray())];

    public T[] Tensor<T>(string name) where T : System.Numerics.INumberBase<T>
    {
        int[] slots = [.. Plan.Tensors.Single(tensor => tensor.Name == name).Slots];
        var into = new T[slots.Length * _rows.Count];
        _rows.Interleave(slots, into.AsSpan());
        return into;
    }
}
