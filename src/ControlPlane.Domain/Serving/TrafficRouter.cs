using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ControlPlane.Domain.Serving;

/// <summary>
/// Which version answers a unit: bucket = first 8 bytes, big-endian, of SHA-256 of UTF-8 "{salt}:{unit}", modulo 10,000. Challengers own the buckets from 0 upwards in the
/// order of the split, the champion the rest, so that a share that grows keeps everybody who is in. Anybody can recompute it with any SHA-256.
/// Worked example: salt "s", unit "u-17" falls into bucket 173.
/// </summary>
public static class TrafficRouter
{
    public const int Buckets = 10_000;
    private const int MostStackBytes = 512;

    /// <summary>Where the unit's request goes. <paramref name="unit"/> is the routing key, or the request id when there is none.</summary>
    public static Route Route(TrafficSplit split, string unit)
    {
        var mirrored = MirroredTo(split, unit);
        if (split.Shares.Count == 0) return new(split.Champion, TrafficRole.Champion, mirrored);
        var bucket = Bucket(split.Salt, unit);
        var upTo = 0;
        foreach (var share in split.Shares)
        {
            upTo += share.ShareBasisPoints;
            if (bucket < upTo) return new(share.Version, TrafficRole.Challenger, mirrored);
        }

        return new(split.Champion, TrafficRole.Champion, mirrored);
    }

    /// <summary>The bucket of a unit, 0 to 9,999.</summary>
    public static int Bucket(string salt, string unit) => BucketOf(salt, ":", unit);

    /// <summary>The bucket that decides about a copy; independent of the one that decides about the answer.</summary>
    public static int MirrorBucket(string salt, string unit) => BucketOf(salt, ":mirror:", unit);

    private static IReadOnlyList<int> MirroredTo(TrafficSplit split, string unit)
    {
        if (split.Mirrors.Count == 0) return [];
        var bucket = MirrorBucket(split.Salt, unit);
        return [.. split.Mirrors.Where(mirror => bucket < mirror.ShareBasisPoints).Select(mirror => mirror.Version)];
    }

    private static int BucketOf(string salt, string between, string unit)
    {
        var most = Encoding.UTF8.GetMaxByteCount(salt.Length + between.Length + unit.Length);
        var text = most <= MostStackBytes ? stackalloc byte[MostStackBytes] : new byte[most];
        var length = Encoding.UTF8.GetBytes(salt, text);
        length += Encoding.UTF8.GetBytes(between, text[length..]);
        length += Encoding.UTF8.GetBytes(unit, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Buckets);
    }
}
