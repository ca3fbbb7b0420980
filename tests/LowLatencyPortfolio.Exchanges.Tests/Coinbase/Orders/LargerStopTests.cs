using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>
/// A stop that an edit makes larger and that sells before the edit's answer comes: it sells more than it was for, and
/// that is no contradiction.
/// </summary>
public sealed class LargerStopTests
{
    private readonly Desk _desk = new();

    /// <summary>Answers that an edit may get after what it led to was seen.</summary>
    public static TheoryData<int> Answers { get; } =
    [
        (int)AnswerKind.Accepted, (int)AnswerKind.Unknown, (int)AnswerKind.NotOpen, (int)AnswerKind.Triggered,
        (int)AnswerKind.Refused, (int)AnswerKind.TooManyEdits,
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_stop_that_sells_all_before_its_edit_is_answered_was_edited(int answer)
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Observe(Sold(Larger(2), 20m));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer((AnswerKind)answer));
        AssertOver();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_stop_of_the_same_level_that_sells_all_before_its_edit_is_answered_was_edited(int answer)
    {
        WireRequest edit = Edit(Wider(2));
        _desk.Observe(Channel(Triggered(Wider(2), 0m)));
        Assert.Equal(["Triggered 1"], _desk.Reports());
        _desk.Observe(Channel(Sold(Wider(2), 20m)));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer((AnswerKind)answer));
        AssertOver();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_was_sold_before_the_old_size_was_passed_is_not_told_again(int answer)
    {
        WireRequest edit = Edit(Wider(2));
        _desk.Observe(Channel(Triggered(Wider(2), 4m)));
        _desk.Observe(Channel(Triggered(Wider(2), 10m)));
        Assert.Equal(["Triggered 1", "Fill 1", "Fill 1"], _desk.Reports());
        _desk.Observe(Channel(Triggered(Wider(2), 13m)));
        _desk.Observe(Channel(Sold(Wider(2), 20m)));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2", "Fill 2", "Expired 2"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer((AnswerKind)answer));
        AssertOver();
    }

    [Fact]
    public void A_stop_whose_edit_is_answered_after_it_sold_its_old_size_sells_the_rest_as_the_new_one()
    {
        WireRequest edit = Edit(Wider(2));
        _desk.Observe(Channel(Triggered(Wider(2), 10m)));
        _desk.Complete(edit, Desk.Answer(AnswerKind.Unknown));
        Assert.Equal(["Triggered 1", "Fill 1", "Unknown 2"], _desk.Reports());
        _desk.Advance(0.2);
        _desk.Looked(2, Triggered(Wider(2), 10m));
        Assert.Equal(["Replaced 2", "Triggered 2"], _desk.Reports());
        _desk.Observe(Channel(Sold(Wider(2), 20m)));
        Assert.Equal(["Fill 2", "Expired 2"], _desk.Reports());
        AssertOver();
    }

    [Fact]
    public void A_stop_that_sold_its_old_size_and_no_more_was_not_edited()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Observe(Sold(Desk.Stop(1), 10m));
        Assert.Equal(["Triggered 1", "Fill 1", "Rejected 2 OrderIsDone"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer(AnswerKind.NotOpen));
        AssertOver();
    }

    [Fact]
    public void A_stop_that_sold_its_old_size_at_its_new_level_was_edited()
    {
        WireRequest edit = Edit(Desk.Moved(2));
        _desk.Observe(Sold(Desk.Moved(2), 10m));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer(AnswerKind.Accepted));
        AssertOver();
    }

    [Fact]
    public void A_stop_that_triggers_before_its_edit_is_refused_stays_what_it_was()
    {
        WireRequest edit = Edit(Wider(2));
        _desk.Observe(Channel(Triggered(Desk.Stop(1), 0m)));
        Assert.Equal(["Triggered 1"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer(AnswerKind.Triggered));
        Assert.Equal(["CancelRejected 1", "Triggered 1", "Rejected 2 OrderIsDone"], _desk.Reports());
        _desk.Observe(Sold(Desk.Stop(1), 10m));
        Assert.Equal(["Fill 1"], _desk.Reports());
        AssertOver();
    }

    [Fact]
    public void An_edit_that_is_not_seen_carried_out_before_the_stop_triggers_is_given_up()
    {
        WireRequest edit = Edit(Wider(2));
        _desk.Complete(edit, Desk.Answer(AnswerKind.Unknown));
        _desk.Advance(4);
        _desk.Looked(2, Triggered(Desk.Stop(1), 3m));
        Assert.Equal(
            ["Unknown 2", "Triggered 1", "Fill 1", "CancelRejected 1", "Triggered 1", "Rejected 2 OrderIsDone"],
            _desk.Reports());
        Assert.Null(_desk.Next());      // what sells is not cancelled
    }

    [Theory]
    [InlineData((int)AnswerKind.NotOpen)]
    [InlineData((int)AnswerKind.Refused)]
    public void An_edit_that_was_refused_and_carried_out_all_the_same_is_no_overfill(int answer)
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Complete(edit, Desk.Answer((AnswerKind)answer));
        _ = _desk.Reports();
        _desk.Looked(1, Sold(Larger(2), 20m));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2"], _desk.Reports());
        AssertOver();
    }

    [Fact]
    public void Fills_that_are_found_alone_tell_it_too()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Core.ObserveFills(1, 20m, 2_000m, 20m, Liquidity.Taker, _desk.Time.NowNs);
        Assert.Equal(["Replaced 2", "Fill 2"], _desk.Reports());
        _desk.Observe(Sold(Larger(2), 20m));
        _desk.Complete(edit, Desk.Answer(AnswerKind.Accepted));
        Assert.Equal(["Triggered 2"], _desk.Reports().Except(["Fill 2"]));
    }

    [Fact]
    public void More_than_the_edit_asked_for_is_an_overfill()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Observe(Sold(Larger(2), 21m));
        Assert.Contains("OrdersUnexplained 1", _desk.Reports());
        _desk.Complete(edit, Desk.Answer(AnswerKind.NotOpen));
    }

    [Fact]
    public void More_than_the_old_size_at_terms_of_nobodys_is_an_overfill()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Observe(Sold(Larger(7), 20m));
        Assert.Contains("OrdersUnexplained 1", _desk.Reports());
        _desk.Complete(edit, Desk.Answer(AnswerKind.NotOpen));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_two_stops_that_become_one_each_end_is_told_once(bool cancelsFirst)
    {
        _desk.Place(Desk.Stop(11));
        string other = _desk.Core.IdOf(11);
        WireRequest edit = Edit(Larger(2));
        _desk.Cancel(Desk.Stop(11));
        _desk.Answered(WireAction.Cancel, 11, AnswerKind.Accepted);
        CoinbaseOrder gone = _desk.See(Desk.Stop(11), VenueStatus.Cancelled) with { OrderId = other };
        CoinbaseOrder sold = Sold(Larger(2), 20m);
        _desk.Observe(cancelsFirst ? gone : sold);
        _desk.Observe(cancelsFirst ? sold : gone);
        string[] moved = ["Replaced 2", "Triggered 2", "Fill 2"];
        Assert.Equal(cancelsFirst ? ["Cancelled 11", .. moved] : [.. moved, "Cancelled 11"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer(AnswerKind.Accepted));
        AssertOver();
    }

    // The exit must not wait for the answer, nor may the edit be forgotten: it may have been carried out.
    [Theory]
    [MemberData(nameof(Answers))]
    public void A_stop_whose_move_is_taken_back_while_its_edit_is_under_way_leaves_at_once(int answer)
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Cancel(Larger(2));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1", "Cancelled 2"], _desk.Reports());
        _desk.Complete(edit, Desk.Answer((AnswerKind)answer));
        AssertOver();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_stop_that_sells_all_while_its_move_is_taken_back_was_edited(int answer)
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Cancel(Larger(2));
        WireRequest cancel = _desk.Expect(WireAction.Cancel, 1);
        _desk.Observe(Sold(Larger(2), 20m));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2"], _desk.Reports());
        _desk.Complete(cancel, Desk.Answer(AnswerKind.NotOpen));
        _desk.Complete(edit, Desk.Answer((AnswerKind)answer));
        AssertOver();
    }

    [Fact]
    public void A_move_that_is_taken_back_and_whose_edit_is_taken_leaves_under_its_new_number()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Core.With(state =>
        {
            for (int i = 0; i < EditSupport.ProofsNeeded; i++)
            {
                state.Edits.OnProven(0);
            }
        });
        _desk.Cancel(Larger(2));
        WireRequest cancel = _desk.Expect(WireAction.Cancel, 1);
        _desk.Complete(edit, Desk.Answer(AnswerKind.Accepted));
        Assert.Equal(["Replaced 2"], _desk.Reports());
        _desk.Complete(cancel, Desk.Answer(AnswerKind.Accepted));
        _desk.Answered(WireAction.Cancel, 2, AnswerKind.Accepted);
        _desk.Observe(AtVenue(Larger(2), VenueStatus.Cancelled, 0m));
        Assert.Equal(["Cancelled 2"], _desk.Reports());
        AssertOver();
    }

    [Fact]
    public void A_move_that_is_taken_back_and_whose_edit_is_refused_is_over_and_the_cancel_goes_on()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Cancel(Larger(2));
        WireRequest cancel = _desk.Expect(WireAction.Cancel, 1);
        _desk.Complete(edit, Desk.Answer(AnswerKind.Refused));
        Assert.Equal(["Cancelled 2"], _desk.Reports());
        _desk.Complete(cancel, Desk.Answer(AnswerKind.Accepted));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
        AssertOver();
    }

    // The edit arrives after this start has looked; the stop sells before it looks again.
    [Fact]
    public void A_stop_of_an_earlier_start_that_sells_more_than_it_was_for_was_edited()
    {
        WireRequest edit = Edit(Larger(2));
        _desk.Complete(edit, Desk.Answer(AnswerKind.Unknown));
        Desk second = Desk.After(_desk);
        second.Observe(Sold(Desk.Stop(1), 0m) with { Status = VenueStatus.Open, IsTriggered = false });
        _ = second.Reports();
        second.Observe(Sold(Larger(2), 20m));
        Assert.Equal(["Replaced 2", "Triggered 2", "Fill 2"], second.Reports());
    }

    private static OrderCommand Larger(long sequence) => Desk.Moved(sequence) with { Quantity = 20 * Desk.Unit };

    // The same level, for more.
    private static OrderCommand Wider(long sequence) => Desk.Stop(sequence) with { Quantity = 20 * Desk.Unit };

    private WireRequest Edit(OrderCommand move)
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(move, replaces: 1);
        _desk.Answered(WireAction.EditPreview, move.Sequence, AnswerKind.Accepted);
        return _desk.Expect(WireAction.Edit, move.Sequence);
    }

    private CoinbaseOrder Triggered(OrderCommand terms, decimal filled) =>
        AtVenue(terms, VenueStatus.Open, filled) with { IsTriggered = true };

    private CoinbaseOrder Sold(OrderCommand terms, decimal filled) =>
        AtVenue(terms, VenueStatus.Filled, filled) with { IsTriggered = true };

    private CoinbaseOrder AtVenue(OrderCommand terms, VenueStatus status, decimal filled) =>
        _desk.See(terms, status, filled, clientSequence: 1) with { OrderId = _desk.Core.IdOf(1) };

    // The user channel does not tell the whole size.
    private static CoinbaseOrder Channel(CoinbaseOrder order) => order with { Size = 0m };

    private void AssertOver()
    {
        Assert.Null(_desk.Next());
        Assert.DoesNotContain(_desk.Reports(), report => !report.StartsWith("Unknown", StringComparison.Ordinal));
        _desk.Core.With(state =>
        {
            Assert.Equal(0, state.Book.LiveCount);
            Assert.Equal(0, state.Book.Overfills + state.Book.Contradictions + state.Counts.Mismatches);
        });
        Assert.True(_desk.Core.IsIdle());
    }
}
