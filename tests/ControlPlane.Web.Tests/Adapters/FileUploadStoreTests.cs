using System.Security.Cryptography;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Adapters;

namespace ControlPlane.Web.Tests.Adapters;

public sealed class FileUploadStoreTests : IDisposable
{
    private static readonly byte[] Some = RandomNumberGenerator.GetBytes(200_000);
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Upload_in_pieces_over_a_restart_becomes_the_artifact()
    {
        var begun = await Store().Begin("model.onnx", Some.Length, "ann", TestContext.Current.CancellationToken);
        await Store().Append(begun.Id, 0, new MemoryStream(Some[..70_000]), TestContext.Current.CancellationToken);
        Assert.Equal(70_000, (await Store().Find(begun.Id, TestContext.Current.CancellationToken))!.Offset);
        var state = await Store().Append(begun.Id, 70_000, new MemoryStream(Some[70_000..]), TestContext.Current.CancellationToken);
        Assert.Equal(begun with { Offset = Some.Length }, state);
        var stored = await Store().Complete(begun.Id, TestContext.Current.CancellationToken);
        Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(Some))}", stored.Digest);
        Assert.Null(await Store().Find(begun.Id, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(Uploads));
    }

    [Fact]
    public async Task Broken_connection_keeps_what_arrived()
    {
        var begun = await Store().Begin("model.onnx", 900_000, "ann", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(() => Store().Append(begun.Id, 0, new BrokenStream(400_000), TestContext.Current.CancellationToken));
        Assert.Equal(400_000, (await Store().Find(begun.Id, TestContext.Current.CancellationToken))!.Offset);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20_001)]
    public async Task Wrong_offset_is_a_conflict_that_tells_the_present_one(long offset)
    {
        var begun = await Store().Begin("model.onnx", Some.Length, "ann", TestContext.Current.CancellationToken);
        await Store().Append(begun.Id, 0, new MemoryStream(Some[..20_000]), TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Store().Append(begun.Id, offset, new MemoryStream(Some), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
        Assert.Contains("20000", refusal.Message);
    }

    [Fact]
    public async Task More_bytes_than_declared_are_refused()
    {
        var begun = await Store().Begin("model.onnx", 1000, "ann", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Store().Append(begun.Id, 0, new MemoryStream(Some), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.TooLarge, refusal.Kind);
    }

    [Fact]
    public async Task Unfinished_upload_does_not_become_an_artifact()
    {
        var begun = await Store().Begin("model.onnx", 1000, "ann", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Store().Complete(begun.Id, TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Conflict, refusal.Kind);
    }

    [Theory]
    [InlineData(0, RefusalKind.Invalid)]
    [InlineData(-5, RefusalKind.Invalid)]
    [InlineData(IArtifactStore.MaximumBytes + 1, RefusalKind.TooLarge)]
    public async Task Impossible_length_is_refused_before_any_byte(long bytes, RefusalKind kind)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Store().Begin("model.onnx", bytes, "ann", TestContext.Current.CancellationToken));
        Assert.Equal(kind, refusal.Kind);
        Assert.Empty(Directory.GetFiles(Uploads));
    }

    [Fact]
    public async Task Purge_removes_only_what_nobody_continued()
    {
        var old = await Store().Begin("old.onnx", 1000, "ann", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Path.Combine(Uploads, $"{old.Id:n}.part"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var young = await Store().Begin("young.onnx", 1000, "ann", TestContext.Current.CancellationToken);
        Assert.Equal(1, await Store().Purge(new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.Null(await Store().Find(old.Id, TestContext.Current.CancellationToken));
        Assert.NotNull(await Store().Find(young.Id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Full_disk_is_told_and_what_arrived_can_be_continued()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        var store = new FileUploadStore(disk.Path, new FileArtifactStore(Path.Combine(_folder.Path, "artifacts")));
        var begun = await store.Begin("model.onnx", 4_000_000, "ann", TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => store.Append(begun.Id, 0, new MemoryStream(new byte[4_000_000]), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
        Assert.InRange((await store.Find(begun.Id, TestContext.Current.CancellationToken))!.Offset, 1, 1_048_576);
    }

    public void Dispose() => _folder.Dispose();

    private string Uploads => Path.Combine(_folder.Path, "uploads");

    private FileUploadStore Store() => new(Uploads, new FileArtifactStore(Path.Combine(_folder.Path, "artifacts")));
}
