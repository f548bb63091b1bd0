using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry;
using ControlPlane.Web.Adapters;

namespace ControlPlane.Web.Tests.Adapters;

public sealed class FileArtifactStoreTests : ArtifactStoreContract
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Full_disk_is_told_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        var store = new FileArtifactStore(disk.Path);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => store.Store(new MemoryStream(new byte[4_000_000]), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);
        Assert.Contains("full", refusal.Message);
        Assert.DoesNotContain(disk.Path, refusal.Message);
        Assert.Empty(Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories));
        var small = await store.Store(new MemoryStream(Some), TestContext.Current.CancellationToken);
        Assert.True(await store.Has(small.Digest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Half_written_file_of_a_killed_process_is_removed_at_the_start()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "incoming"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "incoming", "half"), "half", TestContext.Current.CancellationToken);
        _ = Store();
        Assert.Equal(0, Pieces());
    }

    protected override IArtifactStore Store(long maximumBytes = IArtifactStore.MaximumBytes) => new FileArtifactStore(_folder.Path, maximumBytes);

    protected override int Pieces() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length;

    public override void Dispose() => _folder.Dispose();
}
