using ControlPlane.Domain.Contracts;

namespace ControlPlane.UseCases.Pipeline;

/// <summary>Why a request was not carried out; the API turns it into a status, a page into a message.</summary>
public enum RefusalKind
{
    /// <summary>The input is wrong; the problems name the fields (400).</summary>
    Invalid,

    /// <summary>Nobody is signed in, or the key is unknown (401).</summary>
    Unauthenticated,

    /// <summary>The caller lacks the permission (403).</summary>
    Forbidden,

    /// <summary>The named thing does not exist (404).</summary>
    NotFound,

    /// <summary>The present state does not allow it, or somebody else was faster (409).</summary>
    Conflict,

    /// <summary>More bytes than allowed (413).</summary>
    TooLarge,

    /// <summary>A node, the store or the database cannot be reached now (503).</summary>
    Unavailable,
}

/// <summary>A request that is refused as a whole; nothing was changed.</summary>
public sealed class RefusedException(RefusalKind kind, string sentence, IReadOnlyList<Problem>? problems = null) : Exception(sentence)
{
    public RefusalKind Kind { get; } = kind;

    /// <summary>Each wrong field with its sentence; empty when the refusal is not about fields.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems ?? [];

    public static RefusedException Invalid(string path, string sentence) => new(RefusalKind.Invalid, $"{path}: {sentence}", [new Problem(path, sentence)]);

    public static RefusedException NotFound(string what) => new(RefusalKind.NotFound, $"There is no {what}.");
}
