using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class ReplaceTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void The_first_move_is_previewed_edited_read_back_and_then_reported()
    {
        _desk.Place(Desk.Stop(1));
        OrderCommand moved = Desk.Moved(2);
        _desk.Replace(moved, replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Answered(WireAction.Edit, 2, AnswerKind.Accepted);
        Assert.Empty(_desk.Reports());      // the old trigger counts as in force
        _desk.Advance(0.2);
        _desk.Looked(2, _desk.See(Desk.Stop(1), VenueStatus.EditQueued));
        _desk.Advance(0.3);
        _desk.Looked(2, ReadBack(moved, 1));
        Assert.Equal(["Replaced 2"], _desk.Reports());
        _desk.Observe(ReadBack(moved, 1) with { Status = VenueStatus.Filled, FilledSize = 10m, FilledValue = 980m });
        Assert.Equal(["Fill 2"], _desk.Reports());
    }

    /// <remarks>
    /// A clean stop in between forgot the edit: the venue carried it out, and no later move of that stop was taken.
    /// </remarks>
    [Fact]
    public void A_stop_is_moving_until_its_new_terms_are_known_to_be_taken()
    {
        _desk.Place(Desk.Stop(1));
        Assert.False(_desk.Core.IsInDoubt());
        OrderCommand moved = Desk.Moved(2);
        _desk.Replace(moved, replaces: 1);
        Assert.True(_desk.Core.IsInDoubt());
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Answered(WireAction.Edit, 2, AnswerKind.Accepted);
        Assert.True(_desk.Core.IsInDoubt());
        _desk.Advance(0.2);
        _desk.Looked(2, ReadBack(moved, 1));
        Assert.False(_desk.Core.IsInDoubt());
    }

    [Fact]
    public void A_stop_replaced_by_cancel_is_moving_until_the_new_one_rests()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.EditUnsupported);
        Assert.True(_desk.Core.IsInDoubt());
        ReplaceByCancel(1, 2);
        Assert.False(_desk.Core.IsInDoubt());
    }

    [Fact]
    public void After_three_proofs_the_venues_word_is_enough()
    {
        _desk.Place(Desk.Stop(1));
        for (int i = 1; i <= 3; i++)
        {
            ProveEdit(i, i + 1, isFirst: i == 1);
        }

        _desk.Replace(Desk.Moved(5), replaces: 4);
        _desk.Answered(WireAction.Edit, 5, AnswerKind.Accepted);
        Assert.Equal(["Replaced 5"], _desk.Reports());
    }

    [Fact]
    public void An_edit_that_was_taken_and_not_carried_out_turns_edits_off_and_replaces_by_cancel()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Answered(WireAction.Edit, 2, AnswerKind.Accepted);
        _desk.Advance(4);
        _desk.Looked(2, _desk.See(Desk.Stop(1), VenueStatus.Open));     // still the old terms
        ReplaceByCancel(1, 2);
        _desk.Replace(Desk.Moved(3), replaces: 2);
        ReplaceByCancel(2, 3);      // off for the product
    }

    [Fact]
    public void Unsupported_edits_are_replaced_by_cancel_for_the_product_only()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.EditUnsupported);
        ReplaceByCancel(1, 2);
        _desk.Place(Desk.Stop(11, product: 1));
        _desk.Replace(Desk.Moved(12) with { Product = 1 }, replaces: 11);
        _ = _desk.Expect(WireAction.EditPreview, 12);
    }

    [Fact]
    public void An_order_edited_too_often_is_replaced_and_the_next_is_edited_again()
    {
        _desk.Place(Desk.Stop(1));
        ProveEdit(1, 2, isFirst: true);
        _desk.Replace(Desk.Moved(3), replaces: 2);
        _desk.Answered(WireAction.Edit, 3, AnswerKind.TooManyEdits);
        ReplaceByCancel(2, 3);
        _desk.Replace(Desk.Moved(4), replaces: 3);
        _ = _desk.Expect(WireAction.Edit, 4);
    }

    [Fact]
    public void A_stop_that_triggered_while_it_was_moved_is_told_so()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Answered(WireAction.Edit, 2, AnswerKind.Triggered);
        Assert.Equal(["CancelRejected 1", "Triggered 1", "Rejected 2 OrderIsDone"], _desk.Reports());
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void A_stop_seen_triggered_is_not_moved_any_more()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Open) with { IsTriggered = true });
        _desk.Replace(Desk.Moved(2), replaces: 1);
        Assert.Null(_desk.Next());
        Assert.Equal(
            ["Triggered 1", "CancelRejected 1", "Triggered 1", "Rejected 2 OrderIsDone"], _desk.Reports());
    }

    [Fact]
    public void A_refused_edit_leaves_the_old_stop_in_force()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Refused, RejectReason.StopThroughMarket);
        Assert.Equal(["CancelRejected 1", "Rejected 2 StopThroughMarket"], _desk.Reports());
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m));
        Assert.Equal(["Fill 1"], _desk.Reports());
    }

    [Theory]
    [InlineData((int)AnswerKind.Refused, RejectReason.None)]
    [InlineData((int)AnswerKind.Refused, RejectReason.InvalidOrder)]
    [InlineData((int)AnswerKind.NotOpen, RejectReason.OrderIsDone)]
    public void A_stop_whose_edits_go_on_being_refused_is_replaced_by_cancel(int kind, RejectReason reason)
    {
        _desk.Place(Desk.Stop(1));
        RefuseEdits(from: 1, first: 2, (AnswerKind)kind, reason);
        ReplaceByCancel(1, 4);
        _desk.Replace(Desk.Moved(5), replaces: 4);
        ReplaceByCancel(4, 5);      // no edit of this product was ever seen to work
    }

    [Fact]
    public void A_stop_whose_edits_are_refused_is_replaced_and_the_next_is_edited_where_edits_have_worked()
    {
        _desk.Place(Desk.Stop(1));
        ProveEdit(1, 2, isFirst: true);
        RefuseEdits(from: 2, first: 3, AnswerKind.Refused, RejectReason.None);
        ReplaceByCancel(2, 5);
        _desk.Replace(Desk.Moved(6), replaces: 5);
        _ = _desk.Expect(WireAction.Edit, 6);
    }

    [Fact]
    public void A_stop_whose_edits_are_refused_stays_while_nobody_knows_what_the_product_takes()
    {
        _desk.Place(Desk.Stop(1));
        for (int i = 2; i <= 6; i++)
        {
            RefuseEdit(1, i, AnswerKind.Refused, RejectReason.None);
        }

        ProductIsTold(isHalted: true);
        RefuseEdit(1, 7, AnswerKind.Refused, RejectReason.None);
        ProductIsTold(isHalted: false);
        _desk.Replace(Desk.Moved(8), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 8, AnswerKind.Refused);
        ReplaceByCancel(1, 8);
    }

    [Fact]
    public void An_edit_through_the_market_is_no_reason_to_cancel()
    {
        _desk.Place(Desk.Stop(1));
        for (int i = 2; i <= 6; i++)
        {
            RefuseEdit(1, i, AnswerKind.Refused, RejectReason.StopThroughMarket);
            ProductIsTold(isHalted: false);
        }
    }

    [Fact]
    public void A_lost_edit_is_unknown_until_it_is_read_back()
    {
        _desk.Place(Desk.Stop(1));
        OrderCommand moved = Desk.Moved(2);
        _desk.Replace(moved, replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Answered(WireAction.Edit, 2, AnswerKind.Unknown);
        Assert.Equal(["Unknown 2"], _desk.Reports());
        _desk.Advance(0.2);
        _desk.Looked(2, ReadBack(moved, 1));
        Assert.Equal(["Replaced 2"], _desk.Reports());
    }

    [Fact]
    public void A_lost_edit_that_did_not_arrive_is_followed_by_a_replacement()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.Accepted);
        _desk.Answered(WireAction.Edit, 2, AnswerKind.Unknown);
        _desk.Advance(4);
        _desk.Looked(2, _desk.See(Desk.Stop(1), VenueStatus.Open));
        Assert.Equal(["Unknown 2"], _desk.Reports());
        ReplaceByCancel(1, 2);
    }

    [Fact]
    public void A_stop_that_sold_a_part_while_it_was_cancelled_is_replaced_for_the_rest()
    {
        TurnEditsOff();
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled, 3m));
        Assert.Equal(["Fill 1", "Cancelled 1"], _desk.Reports());
        Assert.Equal(7 * Desk.Unit, _desk.Expect(WireAction.Create, 2).Quantity);
    }

    [Fact]
    public void A_stop_that_sold_all_while_it_was_cancelled_is_not_replaced()
    {
        TurnEditsOff();
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.NotOpen);
        Assert.Empty(_desk.Reports());
        _desk.Advance(0.3);
        _desk.Looked(1, _desk.See(Desk.Stop(1), VenueStatus.Filled, 10m));
        Assert.Equal(["Fill 1", "Rejected 2 OrderIsDone"], _desk.Reports());
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void A_cancel_that_was_carried_out_although_its_repetition_was_refused_is_nobody_elses()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Cancel(Desk.Stop(1));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Unknown);
        _desk.Advance(0.2);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.NotOpen);
        Assert.Equal(["CancelRejected 1 OrderIsDone"], _desk.Reports());
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void A_stop_that_is_gone_is_not_replaced()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m));
        _ = _desk.Reports();
        _desk.Replace(Desk.Moved(2), replaces: 1);
        Assert.Null(_desk.Next());
        Assert.Equal(["Rejected 2 OrderIsDone"], _desk.Reports());
    }

    [Fact]
    public void A_stop_is_not_cancelled_while_the_product_takes_no_orders()
    {
        TurnEditsOff();
        _desk.Place(Desk.Stop(1));
        CoinbaseProduct halted = new("BTC-USD", 0.01m, 0.001m, 0.001m, 1m, true, true, false, false, false);
        _desk.Core.With(state => Assert.True(state.Products.Take(halted, 1)));
        _ = _desk.Reports();
        _desk.Replace(Desk.Moved(2), replaces: 1);
        Assert.Null(_desk.Next());
        Assert.Equal(["CancelRejected 1", "Rejected 2 ProductState"], _desk.Reports());
    }

    [Fact]
    public void A_stop_still_on_the_wire_is_replaced_once_it_works()
    {
        TurnEditsOff();
        _desk.Submit(Desk.Stop(1));
        WireRequest sent = _desk.Expect(WireAction.Create, 1);
        _desk.Replace(Desk.Moved(2), replaces: 1);
        Assert.Null(_desk.Next());
        OrderAnswer accepted = Desk.Answer(AnswerKind.Accepted);
        Assert.True(VenueOrderId.TryParse("venue-1", out accepted.OrderId));
        _desk.Complete(sent, accepted);
        Assert.Equal(["Ack 1"], _desk.Reports());
        ReplaceByCancel(1, 2);
    }

    [Fact]
    public void An_edit_believed_and_found_not_carried_out_later_is_cancelled_so_that_the_engine_places_it_anew()
    {
        _desk.Place(Desk.Stop(1));
        for (int i = 1; i <= 3; i++)
        {
            ProveEdit(i, i + 1, isFirst: i == 1);
        }

        _desk.Replace(Desk.Moved(5), replaces: 4);
        _desk.Answered(WireAction.Edit, 5, AnswerKind.Accepted);
        _ = _desk.Reports();
        _desk.Observe(ReadBack(Desk.Moved(4), 1));
        Assert.Null(_desk.Next());
        _desk.Advance(4);
        _desk.Observe(ReadBack(Desk.Moved(4), 1));
        _desk.Answered(WireAction.Cancel, 5, AnswerKind.Accepted);
        _desk.Observe(ReadBack(Desk.Moved(4), 1) with { Status = VenueStatus.Cancelled });
        Assert.Equal(["Cancelled 5"], _desk.Reports());
    }

    // What the venue shows of an order that was edited: its old names, its new terms.
    private CoinbaseOrder ReadBack(OrderCommand moved, long clientSequence) =>
        _desk.See(moved, VenueStatus.Open, clientSequence: clientSequence) with { OrderId = "venue-1-1" };

    private void ProveEdit(long from, long to, bool isFirst)
    {
        _desk.Replace(Desk.Moved(to), replaces: from);
        if (isFirst)
        {
            _desk.Answered(WireAction.EditPreview, to, AnswerKind.Accepted);
        }

        _desk.Answered(WireAction.Edit, to, AnswerKind.Accepted);
        _desk.Advance(0.2);
        _desk.Looked(to, ReadBack(Desk.Moved(to), 1));
        Assert.Equal([$"Replaced {to}"], _desk.Reports());
    }

    private void ReplaceByCancel(long from, long to)
    {
        _desk.Answered(WireAction.Cancel, from, AnswerKind.Accepted);
        Assert.Null(_desk.Next());      // queued is not gone: a second stop would find no coins
        _desk.Observe(_desk.See(Desk.Stop(from), VenueStatus.Cancelled));
        Assert.Equal([$"Cancelled {from}"], _desk.Reports());
        _desk.Answered(WireAction.Create, to, AnswerKind.Accepted);
        Assert.Equal([$"Replaced {to}"], _desk.Reports());
    }

    // Refuses until one more refusal is too many; the last one is answered too.
    private void RefuseEdits(long from, long first, AnswerKind kind, RejectReason reason)
    {
        long last = first + ReplaceDesk.MostRefusals - 1;
        for (long i = first; i < last; i++)
        {
            RefuseEdit(from, i, kind, reason);
        }

        ProductIsTold(isHalted: false);
        _desk.Replace(Desk.Moved(last), replaces: from);
        _desk.Complete(_desk.Next()!.Value, Desk.Answer(kind, reason));
    }

    private void RefuseEdit(long from, long to, AnswerKind kind, RejectReason reason)
    {
        _desk.Replace(Desk.Moved(to), replaces: from);
        WireRequest request = _desk.Next()!.Value;
        Assert.Contains(request.Action, (WireAction[])[WireAction.Edit, WireAction.EditPreview]);
        _desk.Complete(request, Desk.Answer(kind, reason));
        string told = reason == RejectReason.None ? string.Empty : " " + reason;
        Assert.Equal([$"CancelRejected {from}", $"Rejected {to}{told}"], _desk.Reports());
        Assert.Null(_desk.Next());
        _desk.Looked(from, ReadBack(from == 1 ? Desk.Stop(1) : Desk.Moved(from), 1));
    }

    // The reconciler was asked to ask, and has.
    private void ProductIsTold(bool isHalted)
    {
        CoinbaseProduct product = new("BTC-USD", 0.01m, 0.001m, 0.001m, 1m, true, isHalted, false, false, false);
        _desk.Core.With(state =>
        {
            Assert.True(state.Products.Take(product, 1));
            state.AsksForProducts = false;
        });
        _ = _desk.Reports();
    }

    private void TurnEditsOff() => _desk.Core.With(state => state.Edits.TurnOff(0));
}
