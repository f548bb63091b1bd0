using ControlPlane.Worker.Node;

namespace ControlPlane.Worker.Tests.Node;

public sealed class SupervisionTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Node_that_heard_nobody_is_not_supervised() => Assert.False(new Supervision(_clock).IsSupervised);

    [Fact]
    public void Lease_ends_after_its_seconds_and_comes_back_with_the_next_word()
    {
        var supervision = new Supervision(_clock);
        supervision.Agree(leaseSeconds: 30);
        supervision.Heard();
        _clock.Advance(seconds: 30);
        Assert.True(supervision.IsSupervised);
        _clock.Advance(seconds: 0.1);
        Assert.False(supervision.IsSupervised);
        supervision.Heard();
        Assert.True(supervision.IsSupervised);
    }
}
