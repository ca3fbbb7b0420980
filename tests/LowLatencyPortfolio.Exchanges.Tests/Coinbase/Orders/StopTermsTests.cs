using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>Stops that rest at other terms than asked, and products that take no other stop now.</summary>
public sealed class StopTermsTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void A_stop_that_rests_at_another_size_is_cancelled_so_that_the_engine_places_it_anew()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Observe(Half(1));
        _desk.Core.With(state => Assert.True(state.Health.HasMismatch));
        Assert.Null(_desk.Next());      // it may be an answer that was overtaken
        _desk.Advance(4);
        _desk.Observe(Half(1));
        CancelIsCarriedOut(1);
        _desk.Core.With(state => Assert.False(state.Edits.MayEdit(0)));
    }

    [Fact]
    public void A_venue_that_makes_another_stop_of_every_stop_is_not_asked_without_end()
    {
        int last = 1 + ObservationDesk.MostRepairs;
        for (int i = 1; i <= last; i++)
        {
            _desk.Place(Desk.Stop(i));
            _desk.Observe(Half(i));
            _desk.Advance(4);
            _desk.Observe(Half(i));
            if (i < last)
            {
                CancelIsCarriedOut(i);
            }
        }

        Assert.Null(_desk.Next());
    }

    [Fact]
    public void An_entry_that_rests_at_another_size_is_left_alone()
    {
        _desk.Place(Desk.Entry(1));
        CoinbaseOrder other = _desk.See(Desk.Entry(1), VenueStatus.Open) with { Size = 5m };
        _desk.Observe(other);
        _desk.Advance(4);
        _desk.Observe(other);
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void A_stop_at_other_terms_stays_while_the_product_takes_no_orders()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Observe(Half(1));
        Close(isClosed: true);
        _desk.Advance(4);
        _desk.Observe(Half(1));
        Assert.Null(_desk.Next());
        Close(isClosed: false);
        _desk.Observe(Half(1));
        CancelIsCarriedOut(1);
    }

    [Fact]
    public void A_product_that_closes_while_the_cancel_of_a_move_waits_keeps_its_stop()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Moved(2), replaces: 1);
        Close(isClosed: true);      // before the next request is chosen
        Assert.Null(_desk.Next());
        Assert.Equal(["CancelRejected 1", "Rejected 2 ProductState"], _desk.Reports());
        Close(isClosed: false);
        _desk.Replace(Moved(3), replaces: 1);
        CancelIsCarriedOut(1);
        _ = _desk.Expect(WireAction.Create, 3);
    }

    [Fact]
    public void A_product_that_closes_while_the_cancel_of_a_stop_at_other_terms_waits_keeps_its_stop()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Observe(Half(1));
        _desk.Advance(4);
        _desk.Observe(Half(1));
        Close(isClosed: true);
        Assert.Null(_desk.Next());
        Close(isClosed: false);
        _desk.Observe(Half(1));
        CancelIsCarriedOut(1);
    }

    [Fact]
    public void What_the_engine_cancels_is_cancelled_whatever_the_product_takes()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Place(Desk.Entry(2));
        _desk.Cancel(Desk.Stop(1));
        _desk.Cancel(Desk.Entry(2));
        Close(isClosed: true);
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Answered(WireAction.Cancel, 2, AnswerKind.Accepted);
    }

    private static OrderCommand Moved(long sequence) => Desk.Stop(sequence) with { Trigger = 99 * Desk.Unit };

    private CoinbaseOrder Half(long sequence) => _desk.See(Desk.Stop(sequence), VenueStatus.Open) with { Size = 5m };

    private void CancelIsCarriedOut(long sequence)
    {
        _ = _desk.Reports();
        _desk.Answered(WireAction.Cancel, sequence, AnswerKind.Accepted);
        _desk.Observe(_desk.See(Desk.Stop(sequence), VenueStatus.Cancelled));
        Assert.Equal([$"Cancelled {sequence}"], _desk.Reports());
    }

    private void Close(bool isClosed)
    {
        CoinbaseProduct product = new("BTC-USD", 0.01m, 0.001m, 0.001m, 1m, true, isClosed, false, false, false);
        _desk.Core.With(state => Assert.True(state.Products.Take(product, 1)));
        Assert.Single(_desk.Reports(), line => line.StartsWith("Product 0", StringComparison.Ordinal));
    }
}
