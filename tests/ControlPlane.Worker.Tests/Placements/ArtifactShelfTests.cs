using ControlPlane.Worker.Node;
using ControlPlane.Worker.Placements;
using ControlPlane.Worker.Tests.Node;

namespace ControlPlane.Worker.Tests.Placements;

public sealed class ArtifactShelfTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly byte[] _bytes = Samples.Bytes("linear-1");
    private FakeWeb _web = null!;
    private WebGateway _gateway = null!;
    private NodeSettings _settings = null!;

    private string Files => Path.Combine(_directory.Path, "artifacts");

    public async ValueTask InitializeAsync()
    {
        _web = await FakeWeb.Start();
        _settings = new() { Name = "n", Environment = "production", Address = "http://n", Web = _web.Address, JoinToken = "", Directory = _directory.Path };
        _gateway = new WebGateway(_settings) { Identity = new NodeIdentity(Guid.NewGuid(), _web.NodeKey, 1000, 30) };
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _web.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Obtain_fetches_once_and_then_needs_no_web()
    {
        var digest = _web.Keep(_bytes);
        var shelf = new ArtifactShelf(_settings, _gateway);
        var path = await shelf.Obtain(digest, TestContext.Current.CancellationToken);
        await _web.Close();
        Assert.Equal(_bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal(path, await new ArtifactShelf(_settings, _gateway).Obtain(digest, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Obtain_other_bytes_than_promised_keeps_nothing()
    {
        var digest = _web.Keep(_bytes);
        _web.Artifacts[digest] = [1, 2, 3];
        var shelf = new ArtifactShelf(_settings, _gateway);
        var refusal = await Assert.ThrowsAsync<DigestMismatchException>(() => shelf.Obtain(digest, TestContext.Current.CancellationToken));
        Assert.Contains(digest, refusal.Message);
        Assert.Empty(Directory.GetFiles(Files));
    }

    [Fact]
    public async Task Obtain_file_that_changed_on_the_disk_is_fetched_again()
    {
        var digest = _web.Keep(_bytes);
        var path = await new ArtifactShelf(_settings, _gateway).Obtain(digest, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, "rot", TestContext.Current.CancellationToken);
        await new ArtifactShelf(_settings, _gateway).Obtain(digest, TestContext.Current.CancellationToken);
        Assert.Equal(_bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Obtain_digest_that_is_a_path_is_refused() =>
        await Assert.ThrowsAsync<IOException>(() => new ArtifactShelf(_settings, _gateway).Obtain("sha256:../../etc/passwd", TestContext.Current.CancellationToken));

    [Fact]
    public async Task Obtain_unknown_artifact_names_the_status()
    {
        var digest = Samples.DigestOf([9]);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => new ArtifactShelf(_settings, _gateway).Obtain(digest, TestContext.Current.CancellationToken));
        Assert.Contains("answered 404", refusal.Message);
    }

    [Fact]
    public async Task KeepOnly_removes_what_nothing_refers_to()
    {
        var (kept, left) = (_web.Keep(_bytes), _web.Keep([4, 5, 6]));
        var shelf = new ArtifactShelf(_settings, _gateway);
        var path = await shelf.Obtain(kept, TestContext.Current.CancellationToken);
        await shelf.Obtain(left, TestContext.Current.CancellationToken);
        shelf.KeepOnly(new HashSet<string> { kept });
        Assert.Equal([path], Directory.GetFiles(Files));
    }
}
