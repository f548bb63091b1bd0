using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ControlPlane.Domain.Serving;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ControlPlane.Domain.Tests.Serving;

public sealed class TrafficRouterTests
{
    [Fact]
    public void Bucket_worked_examples()
    {
        Assert.Equal(173, TrafficRouter.Bucket("s", "u-17"));
        Assert.Equal(7139, TrafficRouter.MirrorBucket("s", "u-17"));
        Assert.Equal(2295, TrafficRouter.Bucket("r-7", "kunde-ä"));
    }

    [Fact]
    public void Bucket_is_what_anybody_computes_with_sha256() => Prop.ForAll<string, string>((salt, unit) =>
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{unit}"));
        return TrafficRouter.Bucket(salt ?? "", unit ?? "") == (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % 10_000);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bucket_of_a_very_long_unit_is_computed_too() => Assert.InRange(TrafficRouter.Bucket("s", new string('ä', 100_000)), 0, 9_999);

    [Fact]
    public void Route_growing_a_share_keeps_everybody_who_is_in() => Prop.ForAll<string, int, int>((unit, one, other) =>
    {
        var (small, large) = (Math.Min(Points(one), Points(other)), Math.Max(Points(one), Points(other)));
        return TrafficRouter.Route(Split(small), unit ?? "").Version == 1 || TrafficRouter.Route(Split(large), unit ?? "").Version == 2;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Route_the_same_unit_goes_the_same_way() => Prop.ForAll<string, int>((unit, share) =>
        TrafficRouter.Route(Split(Points(share)), unit ?? "").Version == TrafficRouter.Route(Split(Points(share)), unit ?? "").Version).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(100)]
    [InlineData(2500)]
    [InlineData(9000)]
    public void Route_share_comes_out_within_five_standard_errors(int basisPoints)
    {
        const int units = 100_000;
        var share = basisPoints / 10_000.0;
        var answered = Enumerable.Range(0, units).Count(unit => TrafficRouter.Route(Split(basisPoints), $"user-{unit}").Role == TrafficRole.Challenger);
        Assert.Equal(share, answered / (double)units, 5 * Math.Sqrt(share * (1 - share) / units));
    }

    [Fact]
    public void Route_ends_of_the_scale_are_exact()
    {
        var units = Enumerable.Range(0, 20_000).Select(unit => unit.ToString()).ToList();
        Assert.All(units, unit => Assert.Equal(1, TrafficRouter.Route(Split(0), unit).Version));
        Assert.All(units, unit => Assert.Equal(2, TrafficRouter.Route(Split(10_000), unit).Version));
    }

    [Fact]
    public void Route_two_challengers_own_their_buckets_side_by_side()
    {
        var split = Split(2000) with { Shares = [new(2, 2000), new(3, 3000)] };
        foreach (var unit in Enumerable.Range(0, 5000).Select(unit => unit.ToString()))
        {
            var expected = TrafficRouter.Bucket(split.Salt, unit) switch { < 2000 => 2, < 5000 => 3, _ => 1 };
            Assert.Equal(expected, TrafficRouter.Route(split, unit).Version);
        }
    }

    [Fact]
    public void Route_mirror_is_drawn_independently_of_the_answer()
    {
        var split = Split(5000) with { Mirrors = [new(3, 5000)] };
        var routes = Enumerable.Range(0, 40_000).Select(unit => TrafficRouter.Route(split, unit.ToString())).ToList();
        var mirroredOfChampion = routes.Where(route => route.Role == TrafficRole.Champion).Average(route => route.MirroredTo.Count);
        var mirroredOfChallenger = routes.Where(route => route.Role == TrafficRole.Challenger).Average(route => route.MirroredTo.Count);
        Assert.Equal(0.5, mirroredOfChampion, 0.02);
        Assert.Equal(0.5, mirroredOfChallenger, 0.02);
    }

    [Fact]
    public void Route_other_salt_draws_other_people()
    {
        var both = Enumerable.Range(0, 40_000).Count(unit =>
            TrafficRouter.Bucket("one", unit.ToString()) < 5000 && TrafficRouter.Bucket("two", unit.ToString()) < 5000);
        Assert.Equal(0.25, both / 40_000.0, 0.02);
    }

    private static int Points(int any) => Math.Abs(any % 10_001);

    private static TrafficSplit Split(int basisPoints) => new("m", 1, 1, [new(2, basisPoints)], [], "salt");
}
