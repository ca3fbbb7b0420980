using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class DeskTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void What_waits_leaves_by_priority_exit_stop_cancel_entry()
    {
        _desk.Place(Desk.Entry(1));
        _desk.Submit(Desk.Entry(2));
        _desk.Cancel(Desk.Entry(1));
        _desk.Submit(Desk.Stop(3));
        _desk.Submit(Desk.Exit(4, product: 1));
        _ = _desk.Expect(WireAction.Create, 4);
        _ = _desk.Expect(WireAction.Create, 3);
        _ = _desk.Expect(WireAction.Cancel, 1);
        _ = _desk.Expect(WireAction.Create, 2);
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void An_exit_leaves_when_entries_have_used_the_budget_up()
    {
        Desk desk = new(burst: 10, reserve: 4);
        for (int sequence = 1; sequence <= 20; sequence++)
        {
            desk.Submit(Desk.Entry(sequence));
        }

        for (int sequence = 1; sequence <= 6; sequence++)
        {
            _ = desk.Expect(WireAction.Create, sequence);
        }

        Assert.Null(desk.Next());
        desk.Submit(Desk.Exit(21));
        _ = desk.Expect(WireAction.Create, 21);
    }

    [Fact]
    public void An_accepted_order_is_acknowledged_and_its_fills_follow()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Accepted);
        Assert.Equal(["Ack 1"], _desk.Reports());
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Open, 3m));
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Filled, 10m));
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Filled, 10m));
        Assert.Equal(["Fill 1", "Fill 1"], _desk.Reports());
    }

    [Fact]
    public void Fees_that_come_after_their_fill_are_counted_until_the_next_fill_carries_them()
    {
        _desk.Place(Desk.Entry(1));
        CoinbaseOrder part = _desk.See(Desk.Entry(1), VenueStatus.Open, 3m);
        _desk.Observe(part);
        Assert.Equal(0m, LateFees());
        _desk.Observe(part with { TotalFees = part.TotalFees + 0.25m });
        _desk.Observe(part with { TotalFees = part.TotalFees + 0.25m });
        Assert.Equal(0.25m, LateFees());
        CoinbaseOrder whole = _desk.See(Desk.Entry(1), VenueStatus.Filled, 10m);
        _desk.Observe(whole with { TotalFees = whole.TotalFees + 0.25m });
        Assert.Equal(0m, LateFees());
    }

    private decimal LateFees()
    {
        decimal fees = -1m;
        _desk.Core.With(state => fees = state.Book.LateFees);
        return fees;
    }

    [Fact]
    public void A_fill_before_the_answer_is_applied_and_the_late_answer_changes_nothing()
    {
        _desk.Submit(Desk.Exit(1));
        WireRequest sent = _desk.Expect(WireAction.Create, 1);
        CoinbaseOrder seen = _desk.See(Desk.Exit(1), VenueStatus.Filled, 10m) with { OrderId = "venue-9" };
        _desk.Observe(seen);
        Assert.Equal(["Ack 1", "Fill 1"], _desk.Reports());
        _desk.Complete(sent, Desk.Answer(AnswerKind.Unknown));
        Assert.Empty(_desk.Reports());
        Assert.Null(_desk.Next());
    }

    [Theory]
    [InlineData(RejectReason.StopThroughMarket)]
    [InlineData(RejectReason.InvalidOrder)]
    [InlineData(RejectReason.ProductState)]
    public void A_refusal_is_a_rejection_with_its_reason(RejectReason reason)
    {
        _desk.Submit(Desk.Stop(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Refused, reason);
        Assert.Equal([$"Rejected 1 {reason}"], _desk.Reports());
    }

    [Fact]
    public void A_cancel_overtakes_an_entry_that_has_not_left()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Cancel(Desk.Entry(1));
        Assert.Null(_desk.Next());
        Assert.Equal(["Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void A_cancel_of_an_order_on_the_wire_waits_for_its_id()
    {
        _desk.Submit(Desk.Entry(1));
        WireRequest sent = _desk.Expect(WireAction.Create, 1);
        _desk.Cancel(Desk.Entry(1));
        Assert.Null(_desk.Next());
        OrderAnswer accepted = Desk.Answer(AnswerKind.Accepted);
        Assert.True(VenueOrderId.TryParse("venue-7", out accepted.OrderId));
        _desk.Complete(sent, accepted);
        WireRequest cancel = _desk.Expect(WireAction.Cancel, 1);
        Assert.Equal("venue-7", cancel.Target.ToString());
        _desk.Complete(cancel, Desk.Answer(AnswerKind.Accepted));
        Assert.Equal(["Ack 1"], _desk.Reports());       // queued is not cancelled
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void A_queued_cancel_that_the_stream_does_not_tell_is_looked_at()
    {
        _desk.Place(Desk.Entry(1));
        _desk.Cancel(Desk.Entry(1));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        Assert.Null(_desk.Look());
        _desk.Advance(1.1);
        _desk.Looked(1, _desk.See(Desk.Entry(1), VenueStatus.Cancelled, 2m));
        Assert.Equal(["Fill 1", "Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void A_cancel_of_a_filled_order_is_refused_and_its_fill_fetched()
    {
        _desk.Place(Desk.Entry(1));
        _desk.Cancel(Desk.Entry(1));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.NotOpen);
        Assert.Equal(["CancelRejected 1 OrderIsDone"], _desk.Reports());
        _desk.Advance(0.2);
        _desk.Looked(1, _desk.See(Desk.Entry(1), VenueStatus.Filled, 10m));
        Assert.Equal(["Fill 1"], _desk.Reports());
    }

    [Fact]
    public void A_cancel_of_what_nobody_knows_is_refused()
    {
        _desk.Cancel(Desk.Entry(5));
        Assert.Null(_desk.Next());
        Assert.Equal(["CancelRejected 5 OrderIsDone"], _desk.Reports());
    }

    [Fact]
    public void A_lost_cancel_is_sent_again_then_unknown_then_found()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Cancel(Desk.Stop(1));
        for (int i = 0; i < 5; i++)
        {
            _desk.Answered(WireAction.Cancel, 1, AnswerKind.Unknown);
            _desk.Advance(2);
        }

        Assert.Equal(["Unknown 1"], _desk.Reports());
        _desk.Looked(1, _desk.See(Desk.Stop(1), VenueStatus.Open));
        Assert.Equal(["Ack 1"], _desk.Reports());
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void Orders_of_others_are_left_alone_and_counted()
    {
        _desk.Place(Desk.Stop(1));
        CoinbaseOrder stop = _desk.See(Desk.Stop(1), VenueStatus.Cancelled);
        _desk.Observe(stop with { ClientOrderId = "llp-engine2-1-1" });
        _desk.Observe(stop with { ClientOrderId = "ccxt-77" });
        _desk.Observe(stop with { ClientOrderId = string.Empty });
        _desk.Observe(stop with { ClientOrderId = "llp-engine1-1-99" });
        Assert.Empty(_desk.Reports());
        _desk.Core.With(state => Assert.Equal((3, 1), (state.Counts.Foreign, state.Counts.UnknownOwn)));
    }

    [Fact]
    public void An_order_that_is_not_what_was_asked_for_stops_entries()
    {
        _desk.Place(Desk.Entry(1));
        _desk.Core.With(state =>
        {
            state.Health.SetUser(true, 1);
            state.Health.SetReconciled(1);
        });
        Assert.Equal(["UserChannelDown 0", "NotReconciled 0"], _desk.Reports());
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Open) with { LimitPrice = 96m });
        Assert.Equal(["OrdersUnexplained 1"], _desk.Reports());
    }

    // 42
    [Theory]
    [InlineData(true, "Rejected 1 InvalidOrder")]
    [InlineData(false, "Unknown 1")]
    public void An_answer_about_another_order_stops_entries_and_acknowledges_nothing(bool isIdTaken, string report)
    {
        _desk.Core.With(state =>
        {
            state.Health.SetUser(true, 1);
            state.Health.SetReconciled(1);
        });
        _ = _desk.Reports();
        _desk.Submit(Desk.Entry(1));
        OrderAnswer answer = Desk.Answer(AnswerKind.Accepted) with { IsOfAnother = true, IsIdTaken = isIdTaken };
        Assert.True(VenueOrderId.TryParse("venue-7", out answer.OrderId));
        _desk.Complete(_desk.Expect(WireAction.Create, 1), answer);
        Assert.Equal(["OrdersUnexplained 1", report], _desk.Reports());
        Assert.Empty(_desk.Core.IdOf(1));
    }

    [Fact]
    public void A_refused_key_rejects_holds_everything_and_raises_one_alarm()
    {
        _desk.Core.With(state =>
        {
            state.Health.SetUser(true, 1);
            state.Health.SetReconciled(1);
        });
        _ = _desk.Reports();
        _desk.Submit(Desk.Stop(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.NotAuthorized);
        Assert.Equal(["KeyRefused 1", "Rejected 1"], _desk.Reports());
        _desk.Submit(Desk.Stop(2));
        Assert.Null(_desk.Next());
        _desk.Advance(5.1);
        _desk.Answered(WireAction.Create, 2, AnswerKind.NotAuthorized);
        Assert.Equal(["Rejected 2"], _desk.Reports());
        _desk.Advance(6);
        _desk.Submit(Desk.Stop(3));
        _desk.Answered(WireAction.Create, 3, AnswerKind.Accepted);
        Assert.Equal(["KeyRefused 0", "Ack 3"], _desk.Reports());
    }
}
