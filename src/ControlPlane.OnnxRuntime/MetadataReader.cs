namespace ControlPlane.OnnxRuntime;

/// <summary>Reads what a model says about itself.</summary>
internal static unsafe class MetadataReader
{
    public static ModelMetadata Read(nint session)
    {
        nint metadata;
        OrtStatus.Check(OrtApi.SessionGetModelMetadata(session, &metadata));
        try
        {
            long version;
            OrtStatus.Check(OrtApi.MetadataVersion(metadata, &version));
            return new ModelMetadata
            {
                Producer = Text(metadata, OrtApi.MetadataProducer),
                GraphName = Text(metadata, OrtApi.MetadataGraphName),
                GraphDescription = Text(metadata, OrtApi.MetadataGraphDescription),
                Domain = Text(metadata, OrtApi.MetadataDomain),
                Description = Text(metadata, OrtApi.MetadataDescription),
                Version = version,
                Custom = ReadCustom(metadata),
            };
        }
        finally
        {
            OrtApi.ReleaseModelMetadata(metadata);
        }
    }

    private static string Text(nint metadata, delegate* unmanaged<nint, nint, byte**, nint> read)
    {
        byte* text;
        OrtStatus.Check(read(metadata, OrtEnvironment.Allocator, &text));
        return SignatureReader.TakeText(text);
    }

    private static Dictionary<string, string> ReadCustom(nint metadata)
    {
        byte** keys;
        long count;
        OrtStatus.Check(OrtApi.MetadataKeys(metadata, OrtEnvironment.Allocator, &keys, &count));
        var custom = new Dictionary<string, string>();
        for (var i = 0; i < count; i++)
        {
            byte* value;
            OrtStatus.Check(OrtApi.MetadataLookup(metadata, OrtEnvironment.Allocator, keys[i], &value));
            var key = SignatureReader.TakeText(keys[i]);
            if (value != null)
                custom[key] = SignatureReader.TakeText(value);
        }
        if (keys != null)
            OrtStatus.Check(OrtApi.AllocatorFree(OrtEnvironment.Allocator, keys));
        return custom;
    }
}
