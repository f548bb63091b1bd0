using ControlPlane.Domain.Rollouts;
using ControlPlane.Domain.Telemetry;
using Xunit;
using static ControlPlane.Domain.Tests.Rollouts.SampleRollouts;

namespace ControlPlane.Domain.Tests.Rollouts;

public sealed class GateJudgementTests
{
    private static readonly WindowCounts Nothing = WindowCounts.Empty;

    [Fact]
    public void Judge_error_rate_worked_examples()
    {
        var passes = Judge(ErrorGate(), Counts(2000), Counts(2000));
        Assert.Equal(Verdict.Pass, passes.Verdict);
        Assert.Equal(1 - Math.Exp(-(Math.Log(40) + Math.Log(2099 / 99.0)) / 2000), passes.Bound!.Value, 1e-9);

        var inconclusive = Judge(ErrorGate(), Counts(2000), Counts(200));
        Assert.Equal(Verdict.Inconclusive, inconclusive.Verdict);
        Assert.Equal(0.0237, inconclusive.Bound!.Value, 1e-4);

        var fails = Judge(ErrorGate(), Counts(2000), Counts(400, failed: 40));
        Assert.Equal(Verdict.Fail, fails.Verdict);
        Assert.Equal(0.0394267, fails.Bound!.Value, 1e-7);
    }

    [Fact]
    public void Judge_error_rate_sentence_holds_the_numbers() => Assert.Equal(
        "Error rate 10 % (40 of 400) against the champion's 0 % (0 of 2,000): at least 3.94 points worse, 1 point is allowed.",
        Judge(ErrorGate(), Counts(2000), Counts(400, failed: 40)).Sentence);

    [Theory]
    [InlineData(199, 2000)]
    [InlineData(2000, 199)]
    public void Judge_below_the_minimum_sample_says_no_data(long challenger, long champion)
    {
        var verdict = Judge(ErrorGate(), Counts(champion), Counts(challenger, failed: 100));
        Assert.Equal(Verdict.NoData, verdict.Verdict);
        Assert.Contains("199 of the 200 requests", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_harm_that_starts_late_fails_on_the_window_though_the_step_looks_well()
    {
        var evidence = new GateEvidence(Counts(1_000_000), Counts(1_000_000, failed: 100), Counts(500), Counts(500, failed: 100));
        var verdict = GateJudgement.Judge(ErrorGate(), evidence, Now);
        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.Contains("in the last 60 s", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_requests_refused_for_their_payload_do_not_count_at_all()
    {
        var verdict = Judge(ErrorGate(), Counts(2000), Refused(Counts(2000), 1000));
        Assert.Equal(Verdict.Pass, verdict.Verdict);
        Assert.Equal((2000L, 0.0), (verdict.Sample, verdict.Challenger));
        Assert.Contains("(0 of 2,000)", verdict.Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fail, Judge(ErrorGate(), Counts(2000), Refused(Counts(400, failed: 40), 100_000)).Verdict);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1000, 0)]
    public void Judge_requests_refused_for_their_payload_do_not_fill_the_minimum_sample(long challengerRefused, long championRefused)
    {
        var verdict = Judge(ErrorGate(), Refused(Counts(championRefused > 0 ? 199 : 2000), championRefused), Refused(Counts(challengerRefused > 0 ? 199 : 2000), challengerRefused));
        Assert.Equal(Verdict.NoData, verdict.Verdict);
        Assert.Contains("199 of the 200 requests", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_champion_that_fails_as_often_does_not_count_against_the_version() =>
        Assert.Equal(Verdict.Pass, Judge(ErrorGate() with { Margin = 0.05 }, Counts(20_000, failed: 2000), Counts(20_000, failed: 2000)).Verdict);

    [Theory]
    [InlineData(5000, 10, Verdict.Pass)]
    [InlineData(5000, 100, Verdict.Inconclusive)]
    [InlineData(5000, 250, Verdict.Fail)]
    public void Judge_error_rate_against_a_limit_needs_no_champion(long requests, long failed, Verdict expected) =>
        Assert.Equal(expected, Judge(ErrorGate() with { ComparedWith = GateComparison.Limit, Limit = 0.02 }, Nothing, Counts(requests, failed)).Verdict);

    [Fact]
    public void Judge_latency_worked_example_fails()
    {
        var verdict = Judge(LatencyGate(), Counts(10_000, milliseconds: 2.8), Counts(10_000, milliseconds: 11));
        Assert.Equal(Verdict.Fail, verdict.Verdict);
        Assert.InRange(verdict.Bound!.Value, 10, 11);
    }

    [Fact]
    public void Judge_latency_inside_the_margin_passes() =>
        Assert.Equal(Verdict.Pass, Judge(LatencyGate(), Counts(10_000), Counts(300)).Verdict);

    [Fact]
    public void Judge_latency_a_handful_of_slow_requests_is_inconclusive()
    {
        var slow = Counts(300) with { Latency = Counts(295).Latency.Plus(Counts(5, milliseconds: 500).Latency) };
        var verdict = Judge(LatencyGate(), Counts(10_000), slow);
        Assert.Equal(Verdict.Inconclusive, verdict.Verdict);
        Assert.Contains("too few requests to tell", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_latency_against_a_limit()
    {
        var gate = LatencyGate() with { ComparedWith = GateComparison.Limit, Limit = 5 };
        Assert.Equal(Verdict.Pass, Judge(gate, Nothing, Counts(1000)).Verdict);
        Assert.Equal(Verdict.Fail, Judge(gate, Nothing, Counts(1000, milliseconds: 20)).Verdict);
    }

    [Fact]
    public void Judge_latency_of_a_version_that_answers_nothing_is_no_data() =>
        Assert.Equal(Verdict.NoData, Judge(LatencyGate(), Counts(1000), Counts(1000, failed: 1000)).Verdict);

    private static WindowCounts Refused(WindowCounts counts, long refused) => counts with
    {
        Requests = counts.Requests + refused,
        Errors = new Dictionary<ErrorKind, long>(counts.Errors) { [ErrorKind.Payload] = refused },
    };

    private static GateVerdict Judge(Gate gate, WindowCounts champion, WindowCounts challenger) =>
        GateJudgement.Judge(gate, new(champion, challenger, Nothing, Nothing), Now);
}
