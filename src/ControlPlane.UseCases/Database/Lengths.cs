namespace ControlPlane.UseCases.Database;

/// <summary>Lengths of text columns in characters; validators refuse longer input before it reaches a column.</summary>
public static class Lengths
{
    /// <summary>An enumeration value or another word of the program's own.</summary>
    public const int Word = 32;

    /// <summary>Names of models, environments, nodes and keys.</summary>
    public const int Name = 64;

    /// <summary><c>sha256:</c> and 64 hexadecimal digits.</summary>
    public const int Digest = 71;

    /// <summary>Parts of Identity's own keys: two of them fit into the 900 bytes of a SQL Server key.</summary>
    public const int Key = 128;

    /// <summary>E-mail addresses, actors, addresses of nodes.</summary>
    public const int Line = 256;

    /// <summary>Reasons, notes and descriptions.</summary>
    public const int Paragraph = 2000;
}
