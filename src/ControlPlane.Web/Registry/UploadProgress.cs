using ControlPlane.Web.Parts;

namespace ControlPlane.Web.Registry;

/// <summary>How far an upload has come.</summary>
public sealed record UploadProgress(long Sent, long Total, int Percent, bool IsSending, string Sentence)
{
    /// <summary>The states are those of upload.js (sending, waiting, storing, reading) and paused.</summary>
    public static UploadProgress Of(long sent, long total, string state)
    {
        var percent = total <= 0 ? 0 : (int)(100 * sent / total);
        var far = $"{Phrases.Bytes(sent)} of {Phrases.Bytes(total)}";
        var sentence = state switch
        {
            "waiting" => $"{far}; the connection is gone. It goes on by itself from here.",
            "paused" => $"{far}; paused. What arrived is kept.",
            "reading" => "All bytes have arrived; the bundle is read.",
            "storing" => "All bytes have arrived; the version is written down.",
            _ => $"{far} sent ({percent} %)",
        };
        return new(sent, total, percent, state is not ("storing" or "reading"), sentence);
    }
}
