namespace ControlPlane.Demo.Rows;

/// <summary>What a client program sends about one order or parcel; a missing value is absent.</summary>
public sealed record Row(IReadOnlyDictionary<string, object> Values);
