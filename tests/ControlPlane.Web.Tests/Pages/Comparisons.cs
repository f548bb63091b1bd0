using ControlPlane.Domain.Contracts;
using ControlPlane.UseCases.Contracts;

namespace ControlPlane.Web.Tests.Pages;

/// <summary>A version that renames an output which one consumer reads, and moves a threshold.</summary>
internal static class Comparisons
{
    public static readonly ConsumerView Checkout = new(
        new("11111111-1111-1111-1111-111111111111"), "fraud-scoring", "checkout", 1, ["score"], "Payments", "#payments", Samples.Now.AddDays(-3), "ana", Guid.Empty);

    public static HitConsumerView Hit => new(Checkout.Id, "checkout", "Payments", "#payments", false, null, null, null, ["outputs/score"]);

    public static ComparisonView Renamed => new(
        "fraud-scoring", 14, 12, CompatibilityMode.Backward,
        [
            new(ChangeKind.Breaking, "outputs/score", """{"name":"score"}""", """{"name":"risk"}""", "The output score is called risk now.", ["checkout"]),
            new(ChangeKind.Semantic, "policy/bands/review", "0.55", "0.6", "Review begins at 0.6 instead of 0.55.", []),
        ],
        [], [Hit], ["outputs/score"], true, ["checkout (Payments, #payments) has not acknowledged outputs/score."]);

    public static ComparisonView Acknowledged => Renamed with
    {
        Consumers = [Hit with { Acknowledged = true, AcknowledgedBy = "ben", AcknowledgedAt = Samples.Now.AddMinutes(-2), Comment = "we read risk" }],
        Blocked = false,
        BlockedBy = [],
    };
}
