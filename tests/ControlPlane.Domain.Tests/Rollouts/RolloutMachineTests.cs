using ControlPlane.Domain.Rollouts;
using Xunit;
using static ControlPlane.Domain.Rollouts.RolloutPhase;
using static ControlPlane.Domain.Tests.Rollouts.SampleRollouts;

namespace ControlPlane.Domain.Tests.Rollouts;

public sealed class RolloutMachineTests
{
    private const string Load = "Placing, load the version";
    private const string Back = "RollingBack, restore the champion's split";
    private const string Champion = "Promoted, make it champion";

    // What must be accepted, written by hand; every pair that is not here must be refused with a reason.
    private static readonly Dictionary<(RolloutPhase, string), string> Expected = new()
    {
        [(Drafted, "submitted")] = Load,
        [(Drafted, "submitted, approvals required")] = "AwaitingApproval",
        [(Drafted, "submitted, starts later")] = "Scheduled",
        [(Drafted, "cancel")] = "Cancelled",
        [(AwaitingApproval, "approved, last one")] = Load,
        [(AwaitingApproval, "approved, more required")] = "AwaitingApproval",
        [(AwaitingApproval, "rejected")] = "Rejected",
        [(AwaitingApproval, "cancel")] = "Cancelled",
        [(Scheduled, "start time has come")] = Load,
        [(Scheduled, "started by a person")] = Load,
        [(Scheduled, "cancel")] = "Cancelled",
        [(Placing, "placed on every node")] = "Exposing, expose step 1",
        [(Placing, "placed on every node, immediate")] = Champion,
        [(Placing, "placed on every node, became the champion meanwhile")] = "Failed",
        [(Placing, "placed on every node, champion gone")] = "Failed",
        [(Placing, "placement failed")] = "Failed",
        [(Placing, "cancel")] = "Cancelled",
        [(Exposing, "judged: hold time not over")] = "stays",
        [(Exposing, "judged: too few predictions")] = "stays",
        [(Exposing, "judged: a verdict is missing")] = "stays",
        [(Exposing, "judged: all pass, more steps")] = "Exposing, expose step 2",
        [(Exposing, "judged: all pass, last step")] = "AwaitingPromotion",
        [(Exposing, "judged: all pass, last step, automatic")] = Champion,
        [(Exposing, "judged: no data or inconclusive")] = "stays",
        [(Exposing, "judged: no answer by the deadline, gate says hold")] = "Holding",
        [(Exposing, "judged: no answer by the deadline, gate says roll back")] = Back,
        [(Exposing, "judged: fails, gate says hold")] = "Holding",
        [(Exposing, "hold")] = "Holding",
        [(Holding, "judged: fails, gate says hold")] = "stays",
        [(Holding, "resume")] = "Exposing",
        [(AwaitingPromotion, "judged: fails, gate says hold")] = "Holding",
        [(RollingBack, "champion's split restored on the nodes")] = "RolledBack",
    };

    static RolloutMachineTests()
    {
        foreach (var phase in new[] { Exposing, Holding, AwaitingPromotion })
        {
            Expected[(phase, "judged: fails, gate says roll back")] = Back;
            Expected[(phase, "promote")] = Champion;
            Expected[(phase, "roll back")] = Back;
            Expected[(phase, "cancel")] = "Cancelled, restore the champion's split";
        }

        foreach (var phase in new[] { Holding, AwaitingPromotion })
            foreach (var situation in MachineTable.Situations.Where(situation => situation.Words.StartsWith("judged", StringComparison.Ordinal)))
                Expected.TryAdd((phase, situation.Words), "stays");
    }

    [Fact]
    public void Next_every_phase_and_event_follows_the_table()
    {
        foreach (var phase in Enum.GetValues<RolloutPhase>())
        {
            foreach (var situation in MachineTable.Situations)
            {
                var expected = Expected.GetValueOrDefault((phase, situation.Words));
                Assert.True(expected == MachineTable.Answer(phase, situation), $"{phase}, {situation.Words}: {MachineTable.Answer(phase, situation)}, expected {expected}");
                if (expected is null) Assert.NotEmpty(Assert.IsType<RefusedDecision>(RolloutMachine.Next(situation.RolloutIn(phase), situation.Event)).Reason);
            }
        }
    }

    [Fact]
    public void Table_names_every_event_and_only_known_situations()
    {
        var events = typeof(RolloutEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RolloutEvent)));
        Assert.Equal(events.ToHashSet(), MachineTable.Situations.Select(situation => situation.Event.GetType()).ToHashSet());
        Assert.Empty(Expected.Keys.Select(key => key.Item2).Except(MachineTable.Situations.Select(situation => situation.Words)));
    }

    [Fact]
    public void Next_new_step_begins_at_the_instant_of_the_judgement()
    {
        var accepted = Assert.IsType<AcceptedDecision>(RolloutMachine.Next(In(Exposing), Judged(Says(Verdict.Pass))));
        Assert.Equal((1, Now), (accepted.Rollout.Step, accepted.Rollout.StepBeganAt!.Value));
    }

    [Fact]
    public void Next_resumed_begins_the_step_anew_without_touching_the_split()
    {
        var accepted = Assert.IsType<AcceptedDecision>(RolloutMachine.Next(In(Holding), new ResumeRequested(Now)));
        Assert.Equal(Now, accepted.Rollout.StepBeganAt);
        Assert.Empty(accepted.Effects);
    }

    [Fact]
    public void Next_placed_takes_over_the_champion_of_that_instant()
    {
        var accepted = Assert.IsType<AcceptedDecision>(RolloutMachine.Next(In(Placing), new Placed(Now, 5)));
        Assert.Equal(5, accepted.Rollout.Champion);
    }

    [Fact]
    public void Next_failed_gate_gives_its_sentence_as_the_reason()
    {
        var accepted = Assert.IsType<AcceptedDecision>(RolloutMachine.Next(In(Exposing), Judged(Says(Verdict.Fail))));
        Assert.Equal("the gate says Fail", accepted.Rollout.Reason);
    }

    [Fact]
    public void Next_first_release_that_is_immediate_needs_no_champion()
    {
        var accepted = Assert.IsType<AcceptedDecision>(RolloutMachine.Next(In(Drafted, Immediate), new Submitted(Now, null)));
        Assert.Equal(Placing, accepted.Rollout.Phase);
    }
}
