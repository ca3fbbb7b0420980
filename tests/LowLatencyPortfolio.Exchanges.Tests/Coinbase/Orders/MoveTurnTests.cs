using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A move of a stop whose turn comes late is decided anew, so that the newest level is what leaves.</summary>
public sealed class MoveTurnTests
{
    private const string Back = " WaitedForTurn";
    private readonly Desk _desk = new();

    [Fact]
    public void A_move_that_waited_too_long_is_handed_back_and_what_is_decided_then_leaves_next()
    {
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 1);
        Assert.Null(_desk.Next());
        Assert.Equal(["HandedBack 2" + Back], Told());
        _desk.Replace(Desk.Moved(7), replaces: 1);
        Assert.Equal(Desk.Moved(7).Trigger, _desk.Expect(WireAction.EditPreview, 7).Order.Trigger);
        Assert.Equal(1, Count(counts => counts.HandedBack));
        Assert.Equal(0, Count(counts => counts.Requests - counts.Creates));      // the venue heard nothing of the first
    }

    [Fact]
    public void A_move_whose_turn_comes_in_time_leaves_as_it_was_decided()
    {
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 0.99);
        _desk.Expect(WireAction.EditPreview, 2);
        Assert.Empty(Told());
    }

    [Fact]
    public void The_report_names_the_stop_that_stays()
    {
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 5);
        Assert.Null(_desk.Next());
        EventList reports = new();
        Assert.True(_desk.Core.MoveReportsTo(reports));
        TradingEvent back = Assert.Single(reports.Waiting.ToArray(), e => e.Report == ReportKind.HandedBack);
        Assert.Equal((2, 1), (back.OrderSequence, back.RelatedSequence));
    }

    [Fact]
    public void Nothing_is_handed_back_without_a_request_that_could_leave_and_none_is_used_up_by_it()
    {
        Desk desk = new(burst: 1, reserve: 0);
        desk.Place(Desk.Stop(1));
        desk.Advance(1);
        desk.Submit(Desk.Stop(2, product: 1));
        desk.Replace(Desk.Moved(3), replaces: 1);
        desk.Expect(WireAction.Create, 2);                      // the only token
        desk.Advance(0.05);
        Assert.Null(desk.Next());
        desk.Budget.Hold(TimeSpan.FromSeconds(3));
        desk.Advance(2.5);
        Assert.Null(desk.Next());
        Assert.DoesNotContain("HandedBack 3" + Back, desk.Reports());
        desk.Advance(1);
        Assert.Null(desk.Next());
        Assert.Contains("HandedBack 3" + Back, desk.Reports());
        desk.Replace(Desk.Moved(4), replaces: 1);
        desk.Expect(WireAction.EditPreview, 4);                 // with the token that was the first one's
        Assert.Null(desk.Next());
    }

    [Fact]
    public void Of_many_that_wait_one_is_handed_back_at_a_time_and_its_turn_is_kept_for_a_moment()
    {
        for (int stop = 1; stop <= 3; stop++)
        {
            _desk.Place(Desk.Stop(stop, stop % 2));
            _desk.Replace(Desk.Moved(stop + 3) with { Product = stop % 2 }, replaces: stop);
        }

        _desk.Core.With(_ => { });
        _desk.Advance(2);
        Assert.Null(_desk.Next());
        Assert.Null(_desk.Next());
        Assert.Equal(["HandedBack 6" + Back], Told());          // it gains most
        _desk.Advance(0.1);
        Assert.Null(_desk.Next());                              // no word came: the next one has its turn
        Assert.Equal(["HandedBack 5" + Back], Told());
        _desk.Replace(Desk.Moved(8) with { Product = 0 }, replaces: 2);
        _desk.Expect(WireAction.EditPreview, 8);
    }

    [Fact]
    public void A_missing_stop_and_an_exit_do_not_wait_for_the_word_on_a_move()
    {
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 2);
        Assert.Null(_desk.Next());
        _desk.Submit(Desk.Stop(3, product: 1));
        _desk.Submit(Desk.Exit(4, product: 1));
        _desk.Expect(WireAction.Create, 4);
        _desk.Expect(WireAction.Create, 3);
    }

    [Fact]
    public void Where_edits_do_not_work_the_stop_is_not_cancelled_and_who_cancels_it_later_is_known()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 1);
        Assert.Null(_desk.Next());
        Assert.Equal(["HandedBack 2" + Back], Told());
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1 CancelledByOther"], Told());
    }

    [Fact]
    public void Where_edits_do_not_work_what_is_decided_then_cancels_and_places()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 1);
        Assert.Null(_desk.Next());
        _desk.Replace(Desk.Moved(7), replaces: 1);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Advance(5);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        _desk.Answered(WireAction.Create, 7, AnswerKind.Accepted);          // no stop rests: it does not wait again
        Assert.Equal(["HandedBack 2" + Back, "Cancelled 1", "Replaced 7"], Told());
    }

    [Fact]
    public void A_cancel_that_the_venue_did_not_take_can_be_handed_back_and_counts_as_no_move()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Limited);
        _desk.Advance(2);
        Assert.Null(_desk.Next());
        Assert.Equal(["HandedBack 2" + Back], Told());
        _desk.Core.With(state => Assert.Equal(0, state.Book.Moves.P99Ns(_desk.Time.NowNs)));
    }

    [Fact]
    public void A_cancel_that_may_have_been_carried_out_is_not_handed_back()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Unknown);
        _desk.Advance(5);
        _desk.Expect(WireAction.Cancel, 1);
        Assert.Empty(Told());
    }

    [Fact]
    public void An_edit_that_was_only_previewed_can_be_handed_back_and_one_that_may_be_carried_out_can_not()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Advance(2);
        Assert.Null(_desk.Next());
        Assert.Equal(["HandedBack 2" + Back], Told());
        _desk.Replace(Desk.Moved(3), replaces: 1);
        _desk.Answered(WireAction.Edit, 3, AnswerKind.Unknown);
        _desk.Advance(4);
        _desk.Looked(3, _desk.See(Desk.Stop(1), VenueStatus.Open));         // not carried out, it seems
        Assert.Equal(["Unknown 3"], Told());
        _desk.Advance(4);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        Assert.Empty(Told());
    }

    [Fact]
    public void A_move_that_makes_the_stop_smaller_or_larger_leaves_as_it_was_decided()
    {
        foreach ((long stop, long quantity) in ((long, long)[])[(1, 5), (2, 15)])
        {
            _desk.Place(Desk.Stop(stop));
            WaitWith(Desk.Moved(stop + 2) with { Quantity = quantity * Desk.Unit }, stop, seconds: 5);
            _desk.Expect(WireAction.EditPreview, stop + 2);
        }

        Assert.Empty(Told());
    }

    [Fact]
    public void A_stop_that_has_triggered_meanwhile_is_told_so_and_its_move_is_given_up()
    {
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 5);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Open) with { IsTriggered = true });
        Assert.Null(_desk.Next());
        Assert.Contains("Rejected 2 OrderIsDone", Told());
        Assert.Equal(0, Count(counts => counts.HandedBack));
    }

    // The exit was decided before the hand-back was heard of, so it takes the move back and believes the stop leaving.
    [Fact]
    public void An_exit_that_takes_back_what_was_just_handed_back_finds_the_stop_and_cancels_it()
    {
        _desk.Place(Desk.Stop(1));
        WaitWith(Desk.Moved(2), replaces: 1, seconds: 1);
        Assert.Null(_desk.Next());
        _desk.Cancel(Desk.Moved(2));
        Assert.Null(_desk.Next());
        Assert.Equal(["HandedBack 2" + Back, "CancelRejected 2 OrderIsDone"], Told());
        _desk.Cancel(Desk.Stop(1));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], Told());
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void A_batch_of_cancels_takes_no_move_along_that_waited_too_long()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        _desk.Place(Desk.Entry(2));
        WaitWith(Desk.Moved(3), replaces: 1, seconds: 2);
        _desk.Cancel(Desk.Entry(2));
        CancelBatch batch = new();
        Assert.True(_desk.Core.TryNext(_desk.Time.NowNs, batch, out WireRequest request, out _, out _));
        Assert.Equal((WireAction.Cancel, 2, 1), (request.Action, request.Order.Sequence, batch.Count));
    }

    private void WaitWith(OrderCommand move, long replaces, double seconds)
    {
        _desk.Replace(move, replaces);
        _desk.Core.With(_ => { });          // the gateway has it: it waits for its turn
        _desk.Advance(seconds);
    }

    private string[] Told() => [.. _desk.Reports().Where(line => !line.StartsWith("Stop", StringComparison.Ordinal))];

    private long Count(Func<DeskCounts, long> read)
    {
        long count = 0;
        _desk.Core.With(state => count = read(state.Counts));
        return count;
    }
}
