using System.IO.Compression;
using System.Text;
using ControlPlane.UseCases.Pipeline;
using ControlPlane.UseCases.Registry.Bundles;
using ControlPlane.UseCases.Tests.House;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ControlPlane.UseCases.Tests.Registry.Bundles;

/// <summary>Bundles as zip archives in memory.</summary>
internal static class Zips
{
    public static byte[] Model(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Models", $"{name}.onnx"));

    public static MemoryStream Of(params (string Name, object Content)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content as byte[] ?? Encoding.UTF8.GetBytes((string)content));
            }
        }

        stream.Position = 0;
        return stream;
    }

    public static Task<ImportedBundle> Import(TestHouse house, Stream zip, bool create = false) => house.Send(new ImportBundle(Uploads.Model, new ZipBundle(zip), create));

    public static Task<ImportedBundle> Import(TestHouse house, params (string Name, object Content)[] files) => Import(house, Of(files));

    /// <summary>The refusal of a bundle, after which neither a draft nor a file is there.</summary>
    public static async Task<RefusedException> Refused(TestHouse house, Stream zip, bool create = false)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Import(house, zip, create));
        Assert.Equal(0, await house.Query(context => context.ContractDrafts.CountAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(0, await house.Query(context => context.Versions.CountAsync(TestContext.Current.CancellationToken)));
        return refusal;
    }

    /// <summary>Overwrites a number in the only place where the bytes before it stand.</summary>
    public static void Patch(byte[] bytes, byte[] signature, int offset, byte[] value)
    {
        var at = bytes.AsSpan().LastIndexOf(signature);
        value.CopyTo(bytes.AsSpan(at + offset));
    }
}
