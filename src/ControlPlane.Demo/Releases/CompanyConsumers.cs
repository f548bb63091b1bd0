using ControlPlane.Demo.Surface;

namespace ControlPlane.Demo.Releases;

/// <summary>The programs of the made-up company that read the two models' answers.</summary>
public static class CompanyConsumers
{
    public static IReadOnlyList<ConsumerDraft> Of(string model) => model switch
    {
        "fraud-scoring" =>
        [
            new("checkout", 1, ["decision"], "Checkout team", "#checkout"),
            new("review-queue", 1, ["score", "decision"], "Order review", "order-review@example.org"),
        ],
        "delivery-risk" =>
        [
            new("dispatch-desk", 1, ["decision"], "Dispatch", "#dispatch"),
            new("delay-notifier", 1, ["score"], "Customer messages", "messages@example.org"),
        ],
        _ => [],
    };
}
