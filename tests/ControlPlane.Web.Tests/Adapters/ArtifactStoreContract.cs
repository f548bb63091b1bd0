using System.Security.Cryptography;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;

namespace ControlPlane.Web.Tests.Adapters;

/// <summary>What every artifact store promises; each adapter's test inherits it.</summary>
public abstract class ArtifactStoreContract : IDisposable
{
    protected static readonly byte[] Some = [.. Enumerable.Range(0, 300_000).Select(index => (byte)(index * 31))];

    protected abstract IArtifactStore Store(long maximumBytes = IArtifactStore.MaximumBytes);

    /// <summary>How many artifacts and half-written files the store holds.</summary>
    protected abstract int Pieces();

    public abstract void Dispose();

    [Fact]
    public async Task Store_names_the_bytes_by_their_digest()
    {
        var stored = await Store().Store(new MemoryStream(Some), TestContext.Current.CancellationToken);
        Assert.Equal(new($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Some))}", Some.Length), stored);
    }

    [Fact]
    public async Task Stored_bytes_are_opened_as_they_came_and_seekable()
    {
        var store = Store();
        var stored = await store.Store(new MemoryStream(Some), TestContext.Current.CancellationToken);
        await using var content = (await store.Open(stored.Digest, TestContext.Current.CancellationToken))!;
        content.Seek(100_000, SeekOrigin.Begin);
        var rest = new byte[200_000];
        await content.ReadExactlyAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal(Some[100_000..], rest);
        Assert.True(await store.Has(stored.Digest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stored_bytes_are_there_after_a_restart()
    {
        var stored = await Store().Store(new MemoryStream(Some), TestContext.Current.CancellationToken);
        Assert.True(await Store().Has(stored.Digest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Same_bytes_twice_at_once_are_one_artifact()
    {
        var store = Store();
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => store.Store(new MemoryStream(Some), TestContext.Current.CancellationToken)));
        Assert.Equal(both[0], both[1]);
        Assert.Equal(1, Pieces());
    }

    [Fact]
    public async Task Broken_stream_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Store().Store(new BrokenStream(500_000), TestContext.Current.CancellationToken));
        Assert.Equal(0, Pieces());
    }

    [Fact]
    public async Task Too_many_bytes_are_refused_and_leave_nothing()
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Store(maximumBytes: 1000).Store(new MemoryStream(Some), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.TooLarge, refusal.Kind);
        Assert.Equal(0, Pieces());
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:../../../../etc/passwd")]
    [InlineData("")]
    public async Task Unknown_or_malformed_digest_is_absent(string digest)
    {
        Assert.Null(await Store().Open(digest, TestContext.Current.CancellationToken));
        Assert.False(await Store().Has(digest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Healthy_store_is_writable() => Assert.True(await Store().IsWritable(TestContext.Current.CancellationToken));
}
