using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class UnknownTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void A_lost_entry_is_unknown_is_never_sent_again_and_absent_twice_never_existed()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        Assert.Equal(["Unknown 1"], _desk.Reports());
        Assert.True(_desk.Core.IsInDoubt());
        _desk.Advance(0.6);
        LookRequest? look = _desk.Look();
        Assert.NotNull(look);
        Assert.Null(look.OrderId);
        Assert.Equal("llp-engine1-1-1", look.ClientOrderId);
        Assert.True(look.Since < _desk.Time.GetUtcNow());
        _desk.Core.OnLook(1, null, _desk.Time.NowNs);
        _desk.Advance(4.9);
        Assert.Null(_desk.Look());
        Assert.Empty(_desk.Reports());
        _desk.Advance(0.2);
        _desk.Looked(1, null);
        Assert.Equal(["ProvenAbsent 1"], _desk.Reports());
        Assert.Null(_desk.Next());
        Assert.False(_desk.Core.IsInDoubt());
    }

    [Fact]
    public void A_sell_without_an_answer_is_in_doubt_because_a_start_that_takes_it_back_would_wait_for_proof()
    {
        _desk.Submit(Desk.Entry(1));
        _ = _desk.Expect(WireAction.Create, 1);
        Assert.False(_desk.Core.IsInDoubt());
        _desk.Submit(Desk.Exit(2, product: 1));
        WireRequest sell = _desk.Expect(WireAction.Create, 2);
        Assert.True(_desk.Core.IsInDoubt());
        _desk.Complete(sell, Desk.Answer(AnswerKind.Accepted));
        Assert.False(_desk.Core.IsInDoubt());
    }

    [Fact]
    public void What_was_proven_absent_is_looked_for_again_for_ten_minutes()
    {
        A_lost_entry_is_unknown_is_never_sent_again_and_absent_twice_never_existed();
        for (int i = 0; i < 19; i++)
        {
            Assert.Null(_desk.Look());
            _desk.Advance(30.1);
            _desk.Looked(1, null);
        }

        Assert.Empty(_desk.Reports());
        _desk.Advance(30.1);
        Assert.Null(_desk.Look());
    }

    [Fact]
    public void What_traded_whole_after_it_was_proven_absent_is_found_without_the_user_channel()
    {
        A_lost_entry_is_unknown_is_never_sent_again_and_absent_twice_never_existed();
        _desk.Advance(30.1);
        _desk.Looked(1, _desk.See(Desk.Entry(1), VenueStatus.Filled, 10m) with { OrderId = "venue-1" });
        Assert.Equal(["Ack 1", "Fill 1"], _desk.Reports());
        _desk.Advance(30.1);
        Assert.Null(_desk.Look());
    }

    [Fact]
    public void A_lost_entry_that_is_found_is_acknowledged_with_its_fills()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _desk.Advance(1);
        _desk.Looked(1, _desk.See(Desk.Entry(1), VenueStatus.Open, 4m) with { OrderId = "venue-1" });
        Assert.Equal(["Unknown 1", "Ack 1", "Fill 1"], _desk.Reports());
    }

    [Fact]
    public void A_question_that_fails_proves_nothing()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _ = _desk.Reports();
        for (int i = 0; i < 20; i++)
        {
            _desk.Advance(1.1);
            Assert.NotNull(_desk.Look());
            _desk.Core.OnLookFailed(1, _desk.Time.NowNs);
        }

        Assert.Empty(_desk.Reports());
    }

    [Fact]
    public void An_order_thought_absent_that_appears_after_all_is_there()
    {
        A_lost_entry_is_unknown_is_never_sent_again_and_absent_twice_never_existed();
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Filled, 10m) with { OrderId = "venue-1" });
        Assert.Equal(["Ack 1", "Fill 1"], _desk.Reports());
    }

    [Theory]
    [InlineData(OrderPurpose.Stop)]
    [InlineData(OrderPurpose.Exit)]
    [InlineData(OrderPurpose.Reduce)]
    public void A_lost_stop_or_sell_is_sent_again_identically_and_first_of_all(OrderPurpose purpose)
    {
        OrderCommand order = purpose == OrderPurpose.Stop ? Desk.Stop(1) : Desk.Exit(1) with { Purpose = purpose };
        _desk.Submit(order);
        WireRequest first = _desk.Expect(WireAction.Create, 1);
        _desk.Complete(first, Desk.Answer(AnswerKind.Unknown));
        Assert.Equal(["Unknown 1"], _desk.Reports());
        _desk.Advance(0.2);
        _desk.Submit(Desk.Stop(2, product: 1));
        WireRequest again = _desk.Expect(WireAction.Create, 1);
        Assert.Equal(RequestPriority.Exit, again.Priority);
        Assert.Equal(first.Order, again.Order);
        Assert.Equal(first.Quantity, again.Quantity);
        OrderAnswer accepted = Desk.Answer(AnswerKind.Accepted);
        Assert.True(VenueOrderId.TryParse("venue-1", out accepted.OrderId));
        _desk.Complete(again, accepted);
        Assert.Equal(["Ack 1"], _desk.Reports());
    }

    [Fact]
    public void A_stop_lost_again_and_again_is_told_once_and_goes_on()
    {
        _desk.Submit(Desk.Stop(1));
        for (int i = 0; i < 20; i++)
        {
            _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
            _desk.Advance(2);
        }

        Assert.Equal(["Unknown 1"], _desk.Reports());
        _desk.Answered(WireAction.Create, 1, AnswerKind.Accepted);
        Assert.Equal(["Ack 1"], _desk.Reports());
    }

    [Fact]
    public void A_repetition_that_is_refused_is_a_rejection_only_once_the_first_is_not_found()
    {
        _desk.Submit(Desk.Stop(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _desk.Advance(0.2);
        _desk.Answered(WireAction.Create, 1, AnswerKind.Refused, RejectReason.InvalidOrder);
        Assert.Equal(["Unknown 1"], _desk.Reports());
        _desk.Looked(1, null);
        Assert.Empty(_desk.Reports());      // lists lag behind: one look proves nothing
        _desk.Advance(5.1);
        _desk.Looked(1, null);
        Assert.Equal(["Rejected 1 InvalidOrder"], _desk.Reports());
    }

    [Fact]
    public void A_repeated_stop_that_the_price_is_through_is_rejected_when_one_later_look_does_not_find_the_first()
    {
        _desk.Submit(Desk.Stop(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _desk.Advance(0.6);
        LookRequest? asked = _desk.Look();
        Assert.NotNull(asked);
        _desk.Advance(0.1);
        _desk.Answered(WireAction.Create, 1, AnswerKind.Refused, RejectReason.StopThroughMarket);
        _desk.Core.OnLook(1, null, _desk.Time.NowNs);
        Assert.Equal(["Unknown 1"], _desk.Reports());       // the venue was asked before it refused
        _desk.Looked(1, null);
        Assert.Equal(["Rejected 1 StopThroughMarket"], _desk.Reports());
    }

    [Fact]
    public void A_repetition_that_is_refused_while_the_first_works_is_an_acknowledgement()
    {
        _desk.Submit(Desk.Stop(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _desk.Advance(0.2);
        _desk.Answered(WireAction.Create, 1, AnswerKind.Refused, RejectReason.InsufficientFunds);
        _desk.Looked(1, _desk.See(Desk.Stop(1), VenueStatus.Open) with { OrderId = "venue-1" });
        Assert.Equal(["Unknown 1", "Ack 1"], _desk.Reports());
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void An_id_the_venue_already_has_is_looked_up()
    {
        _desk.Submit(Desk.Exit(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Exists);
        Assert.Equal(["Unknown 1"], _desk.Reports());
        _desk.Looked(1, _desk.See(Desk.Exit(1), VenueStatus.Filled, 10m) with { OrderId = "venue-1" });
        Assert.Equal(["Ack 1", "Fill 1"], _desk.Reports());
    }

    [Fact]
    public void What_never_left_is_tried_again_and_then_rejected()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.NotSent);
        _desk.Advance(1);
        _desk.Answered(WireAction.Create, 1, AnswerKind.NotSent);
        Assert.Equal(["Rejected 1"], _desk.Reports());
    }

    [Fact]
    public void Asked_too_often_drops_an_entry_and_keeps_a_stop()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Limited);
        Assert.Equal(["Rejected 1 RateLimited"], _desk.Reports());
        _desk.Submit(Desk.Stop(2));
        _desk.Answered(WireAction.Create, 2, AnswerKind.Limited);
        _desk.Advance(2);
        _desk.Answered(WireAction.Create, 2, AnswerKind.Accepted);
        Assert.Equal(["Ack 2"], _desk.Reports());
    }

    [Fact]
    public void An_order_missing_among_the_open_ones_is_asked_about_and_absent_twice_is_over()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Advance(1);
        _desk.Core.OnOpenOrders(new HashSet<long>(), _desk.Time.NowNs);
        _desk.Looked(1, null);
        Assert.Empty(_desk.Reports());
        _desk.Advance(5.1);
        _desk.Looked(1, null);
        Assert.Equal(["Expired 1"], _desk.Reports());
    }

    [Fact]
    public void An_exit_without_funds_is_tried_again_while_a_hold_is_being_released()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        _ = _desk.Reports();
        _desk.Submit(Desk.Exit(2));
        for (int i = 0; i < 3; i++)
        {
            _desk.Answered(WireAction.Create, 2, AnswerKind.Refused, RejectReason.InsufficientFunds);
            Assert.Empty(_desk.Reports());
            _desk.Advance(1);
        }

        _desk.Answered(WireAction.Create, 2, AnswerKind.Accepted);
        Assert.Equal(["Ack 2"], _desk.Reports());
    }

    [Fact]
    public void An_exit_without_funds_and_without_a_hold_is_rejected()
    {
        _desk.Submit(Desk.Exit(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Refused, RejectReason.InsufficientFunds);
        Assert.Equal(["Rejected 1 InsufficientFunds"], _desk.Reports());
    }

    [Fact]
    public void A_hold_that_is_never_released_ends_in_a_rejection()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Submit(Desk.Exit(2));
        for (int i = 0; i < 8; i++)
        {
            _desk.Answered(WireAction.Create, 2, AnswerKind.Refused, RejectReason.InsufficientFunds);
            _desk.Advance(2);
            if (_desk.Reports() is [string only])
            {
                Assert.Equal("Rejected 2 InsufficientFunds", only);
                Assert.True(i >= 4, "the hold must have had its time");
                return;
            }
        }

        Assert.Fail("it must end");
    }
}
