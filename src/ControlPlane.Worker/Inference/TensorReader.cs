using System.Numerics;
using ControlPlane.Domain.Contracts;
using ControlPlane.OnnxRuntime;
using ControlPlane.Worker.Serving;

namespace ControlPlane.Worker.Inference;

/// <summary>Reads the tensors of an Open Inference Protocol request into a batch, holding each value to the contract.</summary>
internal static class TensorReader
{
    public static void Read(ReadOnlySpan<byte> body, TensorRequest request, ServingPlan plan, PredictionBatch batch)
    {
        var problems = new PayloadProblems();
        foreach (var part in request.Inputs)
        {
            if (!Array.Exists(plan.Fields, field => field.Field.Name == part.Name) && problems.Admit())
                problems.Keep(new(PayloadCheck.PathOf("inputs", part.Name), BrokenRule.Unknown, null, $"is not an input of the contract; those are {string.Join(", ", plan.Fields.Select(field => field.Field.Name))}"));
        }

        var parts = plan.Fields.Select(field => request.Inputs.Find(part => part.Name == field.Field.Name)).ToArray();
        foreach (var field in plan.Fields)
        {
            if (parts[field.Place] is null && (field.IsRaw || field.Rule.CheckMissing() is not null) && problems.Admit()) problems.Keep(field.Rule.DescribeMissing(Path(field)));
        }

        if (problems.Count > 0) throw PredictionException.Payload(problems);
        var rows = RowsOf(plan, parts);
        batch.Reserve(rows);
        batch.Rows = rows;
        foreach (var field in plan.Fields) ReadField(body, field, parts[field.Place], batch, problems);

        if (problems.Count > 0) throw PredictionException.Payload(problems);
    }

    /// <summary>Rows of the request: the first axis of its columns, which must agree; of raw tensors alone the first one's.</summary>
    private static int RowsOf(ServingPlan plan, TensorPart?[] parts)
    {
        int? rows = null;
        foreach (var field in plan.Fields.Where(field => !field.IsRaw))
        {
            if (parts[field.Place] is not { Shape: { } shape } part) continue;
            var path = $"inputs.{part.Name}.shape";
            if (shape is not ([_] or [_, 1])) throw PredictionException.Payload(path, $"must be [rows] or [rows, 1] (is [{string.Join(", ", shape)}])", BrokenRule.Shape);
            rows ??= (int)shape[0];
            if (rows != shape[0]) throw PredictionException.Payload(path, $"has {shape[0]} rows where others have {rows}", BrokenRule.Shape);
        }

        rows ??= parts.FirstOrDefault(part => part is not null) switch
        {
            { Shape: [var first, ..] } => (int)first,
            not null => 1,
            null => throw PredictionException.Payload("inputs", "must hold at least one tensor"),
        };
        return rows > 0 || plan.IsRaw ? rows.Value : throw PredictionException.Payload("inputs", "must hold at least one row");
    }

    private static void ReadField(ReadOnlySpan<byte> body, FieldPlan field, TensorPart? part, PredictionBatch batch, PayloadProblems problems)
    {
        if (part is null)
        {
            if (field.IsText) batch.Texts[field.Place].AsSpan(0, batch.Rows).Fill("");
            else batch.Numbers[field.Place].AsSpan(0, batch.Rows).Fill(double.NaN);
            return;
        }

        if (RefuseDatatype(field, part) is { } wrong)
        {
            if (problems.Admit()) problems.Keep(new($"{Path(field)}.datatype", BrokenRule.Datatype, null, wrong));
            return;
        }

        var type = TensorElements.TypeOf(part.Datatype);
        var data = body.Slice(part.DataStart, part.DataLength);
        var path = $"inputs.{part.Name}";
        var tensor = part.BinaryBytes is null ? TensorElements.FromJson(type, part.Shape!, data, path) : TensorElements.FromBytes(type, part.Shape!, data, path);
        if (field.IsRaw) KeepRaw(field, tensor, batch, problems);
        else if (tensor is StringTensor texts) TakeTexts(texts.Values, field, batch, problems);
        else TakeNumbers(tensor, field, batch, problems);
    }

    private static string? RefuseDatatype(FieldPlan field, TensorPart part)
    {
        if (field.Field.Tensor is { } raw) return part.Datatype == raw.Datatype ? null : $"must be {raw.Datatype} (is {part.Datatype})";
        return field.Field.Type switch
        {
            FieldType.Category or FieldType.Text => part.Datatype == "BYTES" ? null : $"must be BYTES (is {part.Datatype})",
            FieldType.Boolean => part.Datatype == "BOOL" ? null : $"must be BOOL (is {part.Datatype})",
            _ => part.Datatype is "BYTES" or "BOOL" ? $"must be a datatype of numbers (is {part.Datatype})" : null,
        };
    }

    private static void KeepRaw(FieldPlan field, Tensor tensor, PredictionBatch batch, PayloadProblems problems)
    {
        var declared = field.Field.Tensor!.Shape;
        var fits = declared.Count == 0
            || (declared.Count == tensor.Shape.Length && declared.Zip(tensor.Shape).All(pair => pair.First < 0 || pair.First == pair.Second));
        if (!fits)
        {
            if (problems.Admit())
                problems.Keep(new($"{Path(field)}.shape", BrokenRule.Shape, null, $"must be [{string.Join(", ", declared)}] (is [{string.Join(", ", tensor.Shape)}])"));
        }
        else if (tensor is StringTensor texts && Array.IndexOf(texts.Values, null!) is >= 0 and var at)
        {
            if (problems.Admit()) problems.Keep(new(Path(field, at), BrokenRule.Type, null, "must be BYTES (is null)"));
        }
        else
        {
            batch.RawInputs[field.Place] = tensor;
        }
    }

    private static void TakeTexts(string?[] values, FieldPlan field, PredictionBatch batch, PayloadProblems problems)
    {
        var texts = batch.Texts[field.Place];
        for (var row = 0; row < values.Length; row++)
        {
            texts[row] = values[row] ?? "";
            if (values[row] is { } text)
            {
                if (field.Rule.CheckText(text) is { } broken && problems.Admit()) problems.Keep(field.Rule.DescribeText(Path(field, row), broken, text));
            }
            else if (field.Rule.CheckMissing() is not null && problems.Admit())
            {
                problems.Keep(field.Rule.DescribeMissing(Path(field, row)));
            }
        }
    }

    private static void TakeNumbers(Tensor tensor, FieldPlan field, PredictionBatch batch, PayloadProblems problems)
    {
        var numbers = batch.Numbers[field.Place].AsSpan(0, tensor.Length);
        switch (tensor)
        {
            case Tensor<float> values: Convert<float>(values.Span, numbers); break;
            case Tensor<double> values: Convert<double>(values.Span, numbers); break;
            case Tensor<Half> values: Convert<Half>(values.Span, numbers); break;
            case Tensor<long> values: Convert<long>(values.Span, numbers); break;
            case Tensor<int> values: Convert<int>(values.Span, numbers); break;
            case Tensor<short> values: Convert<short>(values.Span, numbers); break;
            case Tensor<sbyte> values: Convert<sbyte>(values.Span, numbers); break;
            case Tensor<ulong> values: Convert<ulong>(values.Span, numbers); break;
            case Tensor<uint> values: Convert<uint>(values.Span, numbers); break;
            case Tensor<ushort> values: Convert<ushort>(values.Span, numbers); break;
            case Tensor<byte> values: Convert<byte>(values.Span, numbers); break;
            case Tensor<bool> flags:
                for (var row = 0; row < numbers.Length; row++) numbers[row] = flags.Span[row] ? 1 : 0;
                break;
        }

        for (var row = 0; row < numbers.Length; row++)
        {
            // In a tensor NaN is the only way to leave one value out; where none may be missing it is no number.
            if (double.IsNaN(numbers[row]) && !field.Field.Required) continue;
            if (field.Rule.CheckNumber(numbers[row]) is { } broken && problems.Admit()) problems.Keep(field.Rule.DescribeNumber(Path(field, row), broken, numbers[row]));
        }
    }

    private static string Path(FieldPlan field) => PayloadCheck.PathOf("inputs", field.Field.Name);

    private static string Path(FieldPlan field, int row) => $"{Path(field)}[{row}]";

    private static void Convert<T>(ReadOnlySpan<T> values, Span<double> into) where T : unmanaged, INumberBase<T>
    {
        for (var i = 0; i < into.Length; i++) into[i] = double.CreateTruncating(values[i]);
    }
}
