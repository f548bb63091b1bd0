namespace ControlPlane.OnnxRuntime;

/// <summary>
/// The functions of the C API that are used, by their place in the OrtApi structure. A status of zero is success; every other one is owned by
/// the caller and goes through <see cref="OrtStatus"/>. Objects are plain addresses here; <see cref="OrtHandle"/> gives them a life.
/// </summary>
internal static unsafe class OrtApi
{
    private static readonly nint* Table = OrtNativeLibrary.Table;

    public static readonly delegate* unmanaged<nint, int> GetErrorCode = (delegate* unmanaged<nint, int>)Table[1];
    public static readonly delegate* unmanaged<nint, byte*> GetErrorMessage = (delegate* unmanaged<nint, byte*>)Table[2];
    public static readonly delegate* unmanaged<nint, void> ReleaseStatus = (delegate* unmanaged<nint, void>)Table[93];

    // environment
    public static readonly delegate* unmanaged<delegate* unmanaged<void*, int, byte*, byte*, byte*, byte*, void>, void*, int, byte*, nint*, nint>
        CreateEnvWithCustomLogger =
            (delegate* unmanaged<delegate* unmanaged<void*, int, byte*, byte*, byte*, byte*, void>, void*, int, byte*, nint*, nint>)Table[4];
    public static readonly delegate* unmanaged<nint, nint> DisableTelemetryEvents = (delegate* unmanaged<nint, nint>)Table[6];
    public static readonly delegate* unmanaged<nint, void> ReleaseEnv = (delegate* unmanaged<nint, void>)Table[92];
    public static readonly delegate* unmanaged<int, int, nint*, nint> CreateCpuMemoryInfo = (delegate* unmanaged<int, int, nint*, nint>)Table[69];
    public static readonly delegate* unmanaged<nint, void*, nint> AllocatorFree = (delegate* unmanaged<nint, void*, nint>)Table[76];
    public static readonly delegate* unmanaged<nint*, nint> GetAllocatorWithDefaultOptions = (delegate* unmanaged<nint*, nint>)Table[78];
    public static readonly delegate* unmanaged<byte*> GetBuildInfoString = (delegate* unmanaged<byte*>)Table[254];

    // session options
    public static readonly delegate* unmanaged<nint*, nint> CreateSessionOptions = (delegate* unmanaged<nint*, nint>)Table[10];
    public static readonly delegate* unmanaged<nint, nint> DisableMemPattern = (delegate* unmanaged<nint, nint>)Table[17];
    public static readonly delegate* unmanaged<nint, nint> DisableCpuMemArena = (delegate* unmanaged<nint, nint>)Table[19];
    public static readonly delegate* unmanaged<nint, int, nint> SetSessionGraphOptimizationLevel = (delegate* unmanaged<nint, int, nint>)Table[23];
    public static readonly delegate* unmanaged<nint, int, nint> SetIntraOpNumThreads = (delegate* unmanaged<nint, int, nint>)Table[24];
    public static readonly delegate* unmanaged<nint, byte*, byte*, nint> AddSessionConfigEntry = (delegate* unmanaged<nint, byte*, byte*, nint>)Table[130];
    public static readonly delegate* unmanaged<nint, byte, nint> SessionOptionsSetLoadCancellationFlag = (delegate* unmanaged<nint, byte, nint>)Table[293];
    public static readonly delegate* unmanaged<nint, void> ReleaseSessionOptions = (delegate* unmanaged<nint, void>)Table[100];

    // session
    public static readonly delegate* unmanaged<nint, void*, nint, nint*, nint> CreateSession =
        (delegate* unmanaged<nint, void*, nint, nint*, nint>)Table[7];
    public static readonly delegate* unmanaged<nint, void*, nuint, nint, nint*, nint> CreateSessionFromArray =
        (delegate* unmanaged<nint, void*, nuint, nint, nint*, nint>)Table[8];
    public static readonly delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint> Run =
        (delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)Table[9];
    public static readonly delegate* unmanaged<nint, nuint*, nint> SessionGetInputCount = (delegate* unmanaged<nint, nuint*, nint>)Table[30];
    public static readonly delegate* unmanaged<nint, nuint*, nint> SessionGetOutputCount = (delegate* unmanaged<nint, nuint*, nint>)Table[31];
    public static readonly delegate* unmanaged<nint, nuint, nint*, nint> SessionGetInputTypeInfo = (delegate* unmanaged<nint, nuint, nint*, nint>)Table[33];
    public static readonly delegate* unmanaged<nint, nuint, nint*, nint> SessionGetOutputTypeInfo = (delegate* unmanaged<nint, nuint, nint*, nint>)Table[34];
    public static readonly delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetInputName =
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)Table[36];
    public static readonly delegate* unmanaged<nint, nuint, nint, byte**, nint> SessionGetOutputName =
        (delegate* unmanaged<nint, nuint, nint, byte**, nint>)Table[37];
    public static readonly delegate* unmanaged<nint, void> ReleaseSession = (delegate* unmanaged<nint, void>)Table[95];

    // run options
    public static readonly delegate* unmanaged<nint*, nint> CreateRunOptions = (delegate* unmanaged<nint*, nint>)Table[39];
    public static readonly delegate* unmanaged<nint, nint> RunOptionsSetTerminate = (delegate* unmanaged<nint, nint>)Table[46];
    public static readonly delegate* unmanaged<nint, void> ReleaseRunOptions = (delegate* unmanaged<nint, void>)Table[97];

    // values
    public static readonly delegate* unmanaged<nint, long*, nuint, int, nint*, nint> CreateTensorAsOrtValue =
        (delegate* unmanaged<nint, long*, nuint, int, nint*, nint>)Table[48];
    public static readonly delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue =
        (delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Table[49];
    public static readonly delegate* unmanaged<nint, void**, nint> GetTensorMutableData = (delegate* unmanaged<nint, void**, nint>)Table[51];
    public static readonly delegate* unmanaged<nint, byte**, nuint, nint> FillStringTensor = (delegate* unmanaged<nint, byte**, nuint, nint>)Table[52];
    public static readonly delegate* unmanaged<nint, nuint*, nint> GetStringTensorDataLength = (delegate* unmanaged<nint, nuint*, nint>)Table[53];
    public static readonly delegate* unmanaged<nint, void*, nuint, nuint*, nuint, nint> GetStringTensorContent =
        (delegate* unmanaged<nint, void*, nuint, nuint*, nuint, nint>)Table[54];
    public static readonly delegate* unmanaged<nint, nint*, nint> GetTensorTypeAndShape = (delegate* unmanaged<nint, nint*, nint>)Table[65];
    public static readonly delegate* unmanaged<nint, int, nint, nint*, nint> GetValue = (delegate* unmanaged<nint, int, nint, nint*, nint>)Table[80];
    public static readonly delegate* unmanaged<nint, nuint*, nint> GetValueCount = (delegate* unmanaged<nint, nuint*, nint>)Table[81];
    public static readonly delegate* unmanaged<nint, void> ReleaseValue = (delegate* unmanaged<nint, void>)Table[96];

    // types and shapes
    public static readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToTensorInfo = (delegate* unmanaged<nint, nint*, nint>)Table[55];
    public static readonly delegate* unmanaged<nint, int*, nint> GetOnnxTypeFromTypeInfo = (delegate* unmanaged<nint, int*, nint>)Table[56];
    public static readonly delegate* unmanaged<nint, int*, nint> GetTensorElementType = (delegate* unmanaged<nint, int*, nint>)Table[60];
    public static readonly delegate* unmanaged<nint, nuint*, nint> GetDimensionsCount = (delegate* unmanaged<nint, nuint*, nint>)Table[61];
    public static readonly delegate* unmanaged<nint, long*, nuint, nint> GetDimensions = (delegate* unmanaged<nint, long*, nuint, nint>)Table[62];
    public static readonly delegate* unmanaged<nint, byte**, nuint, nint> GetSymbolicDimensions = (delegate* unmanaged<nint, byte**, nuint, nint>)Table[63];
    public static readonly delegate* unmanaged<nint, void> ReleaseTypeInfo = (delegate* unmanaged<nint, void>)Table[98];
    public static readonly delegate* unmanaged<nint, void> ReleaseTensorTypeAndShapeInfo = (delegate* unmanaged<nint, void>)Table[99];
    public static readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToMapTypeInfo = (delegate* unmanaged<nint, nint*, nint>)Table[103];
    public static readonly delegate* unmanaged<nint, nint*, nint> CastTypeInfoToSequenceTypeInfo = (delegate* unmanaged<nint, nint*, nint>)Table[104];
    public static readonly delegate* unmanaged<nint, int*, nint> GetMapKeyType = (delegate* unmanaged<nint, int*, nint>)Table[105];
    public static readonly delegate* unmanaged<nint, nint*, nint> GetMapValueType = (delegate* unmanaged<nint, nint*, nint>)Table[106];
    public static readonly delegate* unmanaged<nint, nint*, nint> GetSequenceElementType = (delegate* unmanaged<nint, nint*, nint>)Table[107];

    // metadata
    public static readonly delegate* unmanaged<nint, nint*, nint> SessionGetModelMetadata = (delegate* unmanaged<nint, nint*, nint>)Table[111];
    public static readonly delegate* unmanaged<nint, nint, byte**, nint> MetadataProducer = (delegate* unmanaged<nint, nint, byte**, nint>)Table[112];
    public static readonly delegate* unmanaged<nint, nint, byte**, nint> MetadataGraphName = (delegate* unmanaged<nint, nint, byte**, nint>)Table[113];
    public static readonly delegate* unmanaged<nint, nint, byte**, nint> MetadataDomain = (delegate* unmanaged<nint, nint, byte**, nint>)Table[114];
    public static readonly delegate* unmanaged<nint, nint, byte**, nint> MetadataDescription = (delegate* unmanaged<nint, nint, byte**, nint>)Table[115];
    public static readonly delegate* unmanaged<nint, nint, byte*, byte**, nint> MetadataLookup =
        (delegate* unmanaged<nint, nint, byte*, byte**, nint>)Table[116];
    public static readonly delegate* unmanaged<nint, long*, nint> MetadataVersion = (delegate* unmanaged<nint, long*, nint>)Table[117];
    public static readonly delegate* unmanaged<nint, void> ReleaseModelMetadata = (delegate* unmanaged<nint, void>)Table[118];
    public static readonly delegate* unmanaged<nint, nint, byte***, long*, nint> MetadataKeys =
        (delegate* unmanaged<nint, nint, byte***, long*, nint>)Table[123];
    public static readonly delegate* unmanaged<nint, nint, byte**, nint> MetadataGraphDescription = (delegate* unmanaged<nint, nint, byte**, nint>)Table[158];
}
