namespace ControlPlane.OnnxRuntime;

/// <summary>Copies native output values into managed ones.</summary>
internal static unsafe class ValueReader
{
    public static Tensor Read(nint value, TensorSignature signature) =>
        signature.Kind == ValueKind.MapSequence ? ReadMaps(value, signature) : ReadTensor(value);

    private static Tensor ReadTensor(nint value)
    {
        nint info;
        OrtStatus.Check(OrtApi.GetTensorTypeAndShape(value, &info));
        Tensor tensor;
        try
        {
            var (type, shape) = SignatureReader.ReadTypeAndShape(info);
            tensor = Tensor.Create(type, shape);
        }
        finally
        {
            OrtApi.ReleaseTensorTypeAndShapeInfo(info);
        }
        tensor.CopyFrom(value);
        return tensor;
    }

    private static MapSequence ReadMaps(nint sequence, TensorSignature signature)
    {
        nuint count;
        OrtStatus.Check(OrtApi.GetValueCount(sequence, &count));
        var rows = checked((int)count);
        if (rows == 0)
            return new MapSequence(Tensor.Create(signature.KeyType!.Value, 0), [], 0);

        var keys = ReadPart(sequence, 0, part: 0);
        var values = new float[checked(rows * keys.Length)];
        for (var row = 0; row < rows; row++)
        {
            if (row > 0 && !SameKeys(keys, ReadPart(sequence, row, part: 0)))
                throw new OrtException(OrtErrorCode.NotImplemented, $"Output '{signature.Name}': map {row} has other keys than map 0.");
            ((Tensor<float>)ReadPart(sequence, row, part: 1)).Span.CopyTo(values.AsSpan(row * keys.Length));
        }
        return new MapSequence(keys, values, rows);
    }

    // Part 0 of a map is the tensor of its keys, part 1 that of its values, in the same order.
    private static Tensor ReadPart(nint sequence, int row, int part)
    {
        nint map, tensor;
        OrtStatus.Check(OrtApi.GetValue(sequence, row, OrtEnvironment.Allocator, &map));
        try
        {
            OrtStatus.Check(OrtApi.GetValue(map, part, OrtEnvironment.Allocator, &tensor));
        }
        finally
        {
            OrtApi.ReleaseValue(map);
        }
        try
        {
            return ReadTensor(tensor);
        }
        finally
        {
            OrtApi.ReleaseValue(tensor);
        }
    }

    private static bool SameKeys(Tensor first, Tensor other) => (first, other) switch
    {
        (StringTensor a, StringTensor b) => a.Values.AsSpan().SequenceEqual(b.Values),
        (Tensor<long> a, Tensor<long> b) => a.Span.SequenceEqual(b.Span),
        _ => false,
    };
}
