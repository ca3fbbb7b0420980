using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>What it costs to move a stop, measured and told.</summary>
public sealed class MoveTimesTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void Moves_that_leave_a_pair_without_a_stop_for_too_long_are_told_and_so_is_their_end()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        Move(from: 1, to: 2, seconds: 1.5);
        Assert.Empty(Told());                                   // the budget is two seconds
        Move(from: 2, to: 3, seconds: 2.5);
        Assert.Equal(["StopMovesSlow 1"], Told());
        _desk.Advance(601);
        Assert.Equal(["StopMovesSlow 0"], Told());              // nothing was measured since: it may be tried again
    }

    [Fact]
    public void A_pair_whose_stops_can_be_edited_is_not_slow()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        Move(from: 1, to: 2, seconds: 5);
        _desk.Core.With(state => Assert.False(state.Edits.MayEdit(0)));
        Assert.Equal(["StopMovesSlow 1"], Told());              // of the first pair only
    }

    [Fact]
    public void The_slowest_of_a_hundred_moves_is_left_out()
    {
        MoveTimes times = new();
        for (int i = 1; i <= 100; i++)
        {
            VenueOrder order = new() { MoveBegunNs = 1000 };
            times.Complete(ref order, 1000 + i);
        }

        Assert.Equal(99, times.P99Ns(2000));
        Assert.Equal(0, times.P99Ns(1000 + (11 * EventTime.Minute)));
    }

    [Fact]
    public void Edits_are_unproven_at_the_start_and_proven_after_three()
    {
        Desk fresh = new(keepsNews: true);
        Assert.Equal(
            [
                "NotReconciled 1", "UserChannelDown 1", "StopMovesPaced 1000000000", "SellsAtOnce 1",
                "StopMovesPaced 1000000000", "SellsAtOnce 1", "StopEditsUnproven 1", "StopEditsUnproven 1",
            ],
            fresh.Reports());
        fresh.Core.With(state =>
        {
            state.Edits.OnPreviewed(0);
            for (int i = 0; i < EditSupport.ProofsNeeded; i++)
            {
                state.Edits.OnProven(0);
            }
        });
        fresh.Advance(1.1);
        Assert.Null(fresh.Next());
        Assert.Equal(["StopEditsUnproven 0"], fresh.Reports());
        fresh.Core.With(state => state.Edits.TurnOff(0));
        fresh.Advance(1.1);
        Assert.Null(fresh.Next());
        Assert.Equal(["StopEditsUnproven 1"], fresh.Reports());
    }

    private string[] Told()
    {
        _desk.Advance(1.1);
        Assert.Null(_desk.Next());
        return [.. _desk.Reports().Where(line => line.StartsWith("Stop", StringComparison.Ordinal))];
    }

    private void Move(long from, long to, double seconds)
    {
        _desk.Replace(Desk.Stop(to) with { Trigger = (100 + to) * Desk.Unit }, from);
        _desk.Answered(WireAction.Cancel, from, AnswerKind.Accepted);
        OrderCommand old = Desk.Stop(from) with { Trigger = (from == 1 ? 98 : 100 + from) * Desk.Unit };
        _desk.Observe(_desk.See(old, VenueStatus.Cancelled));
        WireRequest create = _desk.Expect(WireAction.Create, to);
        _desk.Advance(seconds);
        OrderAnswer answer = Desk.Answer(AnswerKind.Accepted);
        Assert.True(VenueOrderId.TryParse($"moved-{to}", out answer.OrderId));
        _desk.Complete(create, answer);
        _ = _desk.Reports();
    }
}
