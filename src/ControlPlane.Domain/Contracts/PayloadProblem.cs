namespace ControlPlane.Domain.Contracts;

/// <summary>Which rule of its contract a payload breaks.</summary>
public enum BrokenRule
{
    /// <summary>The body is not of the form that the address takes.</summary>
    Form,

    /// <summary>A required value is absent or null.</summary>
    Missing,

    /// <summary>The value is of another type.</summary>
    Type,

    /// <summary>NaN or an infinity.</summary>
    Finite,

    /// <summary>A fraction, or a number too large to be exact, for an integer.</summary>
    Whole,

    Min,

    Max,

    /// <summary>Not one of the listed values.</summary>
    Values,

    MaxLength,

    /// <summary>The contract has no such input.</summary>
    Unknown,

    /// <summary>One name is given twice.</summary>
    Twice,

    /// <summary>A tensor of another shape.</summary>
    Shape,

    /// <summary>A tensor of another datatype.</summary>
    Datatype,
}

/// <summary>One thing wrong with a payload.</summary>
/// <param name="Path">Where, such as <c>instances[3].amount</c> or <c>inputs.amount[3]</c>.</param>
/// <param name="Value">What came, as JSON and shortened; null when nothing came, null itself, an object or a list.</param>
/// <param name="Sentence">What is wrong, to follow the path.</param>
public sealed record PayloadProblem(string Path, BrokenRule Rule, string? Value, string Sentence)
{
    public override string ToString() => new Problem(Path, Sentence).ToString();
}

/// <summary>The problems of one payload: the first hundred are kept, the others are counted.</summary>
public sealed class PayloadProblems
{
    public const int MostKept = 100;
    private readonly List<PayloadProblem> _kept = [];

    public IReadOnlyList<PayloadProblem> Kept => _kept;

    public int Count { get; private set; }

    /// <summary>Problems beyond those that are kept.</summary>
    public int More => Count - _kept.Count;

    /// <summary>Counts one problem and says whether it is worth describing: a body full of mistakes must not be answered by a longer one.</summary>
    public bool Admit() => ++Count <= MostKept;

    /// <summary>Keeps a problem that was admitted.</summary>
    public void Keep(PayloadProblem problem) => _kept.Add(problem);
}
