namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>The checksum of zip (CRC-32, reflected polynomial 0xEDB88320); of "123456789" it is 0xCBF43926.</summary>
internal sealed class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];
    private uint _register = uint.MaxValue;

    public uint Value => ~_register;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var register = _register;
        foreach (var one in bytes) register = (register >> 8) ^ Table[(byte)(register ^ one)];
        _register = register;
    }

    private static uint Entry(int number)
    {
        var entry = (uint)number;
        for (var bit = 0; bit < 8; bit++) entry = (entry & 1) == 0 ? entry >> 1 : (entry >> 1) ^ 0xEDB88320;
        return entry;
    }
}
