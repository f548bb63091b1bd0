namespace ControlPlane.UseCases.Serving;

/// <summary>Who answers a model's requests in an environment now. Generation 0: never released.</summary>
public sealed record SplitView(string Model, string Environment, long Generation, int? Champion, IReadOnlyList<ShareView> Shares, IReadOnlyList<ShareView> Mirrors);

/// <summary>A share in percent (two decimals at most), the champion's included.</summary>
public sealed record ShareView(int Version, double SharePercent);
