using System.Security.Cryptography;

namespace ControlPlane.Web.Composition;

/// <summary>Secrets that are drawn once and kept in a file that only its owner may read.</summary>
public static class PrivateFile
{
    /// <summary>The secret in the file, drawn with 256 bits when there is none yet.</summary>
    public static string ReadOrDraw(string path, string prefix)
    {
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } kept) return kept;
        var secret = prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Write(path, secret);
        return secret;
    }

    private static void Write(string path, string secret)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        // The mode is set at creation: there is no moment in which others could read it.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(secret);
    }
}
