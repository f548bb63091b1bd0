using System.Text;
using ControlPlane.UseCases.Pipeline;

namespace ControlPlane.UseCases.Registry.Bundles;

/// <summary>The files of a bundle by name, without a folder that holds them all.</summary>
internal sealed class BundleContent
{
    private const int MaxListed = 200;
    private readonly Dictionary<string, BundleFile> _files;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly BundleBudget _budget = new();

    private BundleContent(Dictionary<string, BundleFile> files) => _files = files;

    public IEnumerable<string> Names => _files.Keys;

    public static BundleContent Of(IBundleSource source)
    {
        var files = source.List().Where(file => !IsLitter(file.Path)).ToList();
        if (files.Count == 0) throw RefusedException.Invalid("bundle", "holds no files");
        BundleBudget.CheckAnnounced(files);
        var top = files[0].Path.Split('/')[0] + "/";
        var skip = files.TrueForAll(file => file.Path.StartsWith(top, StringComparison.Ordinal)) ? top.Length : 0;
        return new(files.ToDictionary(file => file.Path[skip..], StringComparer.Ordinal));
    }

    public bool Has(string name) => _files.ContainsKey(name);

    /// <summary>Says that the file has been looked after, so that it is not listed as left behind.</summary>
    public void Settle(string name) => _used.Add(name);

    /// <summary>A text that a person may read; null when there is no such file.</summary>
    /// <exception cref="RefusedException">Invalid when it is too long or no UTF-8.</exception>
    public async Task<string?> Text(string name, CancellationToken cancellationToken, int maximumBytes = BundleLimits.TextBytes)
    {
        if (!_files.TryGetValue(name, out var file)) return null;
        _used.Add(name);
        using var text = new MemoryStream();
        var buffer = new byte[81920];
        await using var stream = _budget.Open(file);
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (text.Length + read > maximumBytes) throw RefusedException.Invalid(BundlePath.PathOf(file.Path), $"has more than {maximumBytes} bytes");
            text.Write(buffer, 0, read);
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw RefusedException.Invalid(BundlePath.PathOf(file.Path), "is not UTF-8 text");
        }
    }

    /// <summary>Unpacks files to nowhere, so that all of them are known to be whole before one is stored.</summary>
    public async Task Try(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await using var stream = _budget.Open(_files[name]);
            await stream.CopyToAsync(Stream.Null, cancellationToken);
        }
    }

    public async Task<StoredArtifact> Store(string name, IArtifactStore store, CancellationToken cancellationToken)
    {
        _used.Add(name);
        var file = _files[name];
        if (file.Bytes == 0) throw RefusedException.Invalid(BundlePath.PathOf(file.Path), "is empty");
        await using var stream = _budget.Open(file);
        return await store.Store(stream, cancellationToken);
    }

    /// <summary>A sentence for each file that nobody asked for.</summary>
    public IReadOnlyList<string> LeftBehind()
    {
        var left = _files.Keys.Where(name => !_used.Contains(name)).Order(StringComparer.Ordinal).ToList();
        return [.. left.Take(MaxListed).Select(Reason), .. left.Count > MaxListed ? [$"and {left.Count - MaxListed} further files"] : Array.Empty<string>()];
    }

    private static string Reason(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".zip" or ".tar" or ".gz" or ".tgz" or ".bz2" or ".xz" or ".7z" or ".rar" or ".jar" or ".whl" => $"{name}: an archive within a bundle is not opened",
        ".pkl" or ".pickle" or ".joblib" => $"{name}: a pickle is never opened",
        _ => $"{name}: has no place in a version",
    };

    // What macOS and Windows put into every archive; nobody means it.
    private static bool IsLitter(string path) => path.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.GetFileName(path) is ".DS_Store" or "Thumbs.db" or "desktop.ini";
}
