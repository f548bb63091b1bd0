namespace ControlPlane.Domain.Contracts;

/// <summary>How large a contract may be. Beyond these a document is a mistake or an attack, and every node would have to hold it.</summary>
public static class ContractLimits
{
    public const int DocumentBytes = 4 * 1024 * 1024;
    public const int Depth = 32;
    public const int Inputs = 4_096;
    public const int Outputs = 1_024;

    /// <summary>Elements of any other list.</summary>
    public const int ListLength = 10_000;

    /// <summary>Characters of a name: of an input, an output, a column, a tensor.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of any other text.</summary>
    public const int TextLength = 4_000;

    /// <summary>Columns that all steps together make, one-hot ones counted each: what a row needs room for.</summary>
    public const int Columns = 100_000;

    /// <summary>Problems that one reading tells.</summary>
    public const int Problems = 1_000;
}
