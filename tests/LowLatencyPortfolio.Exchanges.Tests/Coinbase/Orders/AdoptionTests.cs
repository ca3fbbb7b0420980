using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>What an engine that was killed had written down, taken over by a gateway that knows nothing.</summary>
public sealed class AdoptionTests
{
    private readonly Desk _desk = new(epoch: 2);

    [Fact]
    public void Only_what_is_new_since_the_last_row_is_reported()
    {
        Adopt([Stop(1, OrderState.Working, filled: 3)], Seen(1, VenueStatus.Open, 7m));
        Assert.Equal(["Fill 1"], _desk.Reports());
        Assert.Null(_desk.Look());
        _desk.Observe(Seen(1, VenueStatus.Filled, 10m));
        Assert.Equal(["Fill 1"], _desk.Reports());
    }

    [Fact]
    public void What_was_bought_is_told_before_what_was_sold()
    {
        AdoptedOrder entry = Adopted(Stop(2, OrderState.Submitted) with
        {
            Side = OrderSide.Buy, Type = OrderType.Limit, Purpose = OrderPurpose.Entry, Trigger = 0,
        });
        Adopt(
            [Adopted(Stop(1, OrderState.Unknown)), entry],
            Seen(1, VenueStatus.Filled, 10m), Seen(2, VenueStatus.Filled, 10m) with { Side = OrderSide.Buy });
        Assert.Equal(["Ack 2", "Fill 2", "Ack 1", "Fill 1"], _desk.Reports());
    }

    [Fact]
    public void An_order_that_the_venue_does_not_show_is_proven_absent_by_two_looks_and_not_sent_again()
    {
        Adopt([Stop(1, OrderState.Submitted)]);
        _desk.Looked(1, null);
        Assert.Empty(_desk.Reports());
        _desk.Advance(5.1);
        _desk.Looked(1, null);
        Assert.Equal(["ProvenAbsent 1"], _desk.Reports());
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void An_order_that_worked_and_is_not_shown_ends_as_one_that_had_worked()
    {
        Adopt([Stop(1, OrderState.Working)]);
        _desk.Looked(1, null);
        _desk.Advance(5.1);
        _desk.Looked(1, null);
        Assert.Equal(["Expired 1"], _desk.Reports());
    }

    [Fact]
    public void A_late_fill_of_an_order_that_was_over_is_reported_without_another_end()
    {
        Adopt([Stop(1, OrderState.Cancelled, filled: 3)], Seen(1, VenueStatus.Cancelled, 4m));
        Assert.Equal(["Fill 1"], _desk.Reports());
        Assert.Null(_desk.Look());
    }

    [Fact]
    public void A_stop_that_was_edited_is_known_by_its_old_name()
    {
        AdoptedOrder moved = Adopted(Stop(2, OrderState.Working)) with { ClientSequence = 1, BaseFilled = Desk.Unit };
        Adopt([Adopted(Stop(1, OrderState.Replaced, filled: 1)), moved], Seen(1, VenueStatus.Open, 1m));
        Assert.Empty(_desk.Reports());
        _desk.Observe(Seen(1, VenueStatus.Open, 3m));
        Assert.Equal(["Fill 2"], _desk.Reports());
    }

    [Fact]
    public void A_stop_that_had_sold_a_part_before_it_was_edited_rests_as_it_should()
    {
        AdoptedOrder moved = Adopted(Stop(2, OrderState.Working)) with { ClientSequence = 1, BaseFilled = Desk.Unit };
        CoinbaseOrder seen = Seen(1, VenueStatus.Open, 1m) with { Size = 11m };
        Adopt([Adopted(Stop(1, OrderState.Replaced, filled: 1)), moved], seen);
        _desk.Advance(4);
        _desk.Observe(seen);
        Assert.Null(_desk.Next());
        _desk.Observe(seen with { Size = 12m });
        _desk.Advance(4);
        _desk.Observe(seen with { Size = 12m });
        Assert.Equal(WireAction.Cancel, _desk.Next()?.Action);
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(5, true)]
    [InlineData(7, true)]
    public void A_stop_that_rests_for_another_size_than_it_is_taken_over_with_halts_entries(int rests, bool halts)
    {
        AdoptedOrder smaller = Adopted(Stop(1, OrderState.Submitted) with { Quantity = 6 * Desk.Unit });
        Adopt([smaller], Seen(1, VenueStatus.Open, 0m) with { Size = rests });
        Assert.Equal(halts, _desk.Reports().Contains("OrdersUnexplained 1"));
    }

    [Fact]
    public void A_stop_whose_name_has_passed_to_another_by_an_edit_ends()
    {
        AdoptedOrder moved = Adopted(Stop(2, OrderState.Filled, filled: 10)) with { ClientSequence = 1 };
        Adopt([Adopted(Stop(1, OrderState.Working)), moved], Seen(1, VenueStatus.Filled, 10m));
        _desk.Looked(1, Seen(1, VenueStatus.Filled, 10m));
        _desk.Advance(5.1);
        _desk.Looked(1, Seen(1, VenueStatus.Filled, 10m));
        Assert.Equal(["Expired 1"], _desk.Reports());
    }

    [Fact]
    public void A_stop_that_is_to_be_repeated_leaves_at_once_under_its_own_name()
    {
        Adopt([Adopted(Stop(1, OrderState.Submitted)) with { Epoch = 7, IsToRepeat = true }]);
        WireRequest request = _desk.Expect(WireAction.Create, 1);
        Assert.Equal(7, request.Epoch);
        _desk.Complete(request, Desk.Answer(AnswerKind.Refused, RejectReason.InsufficientFunds));
        _desk.Looked(1, null);
        _desk.Advance(5.1);
        _desk.Looked(1, null);
        Assert.Equal(["Rejected 1 InsufficientFunds"], _desk.Reports());
    }

    [Fact]
    public void A_stop_that_something_else_stands_in_for_is_not_repeated()
    {
        Adopt([Stop(1, OrderState.Submitted)]);
        Assert.Null(_desk.Next());
    }

    [Theory]
    [InlineData(VenueStatus.Cancelled, 0, true)]
    [InlineData(VenueStatus.Cancelled, 1, false)]
    [InlineData(VenueStatus.Filled, 10, false)]
    public void A_stop_that_something_else_stands_in_for_is_repeated_once_that_has_ended_and_left_as_much(
        VenueStatus end, int filled, bool isRepeated)
    {
        Adopt([Stop(1, OrderState.CancelPending), Stop(2, OrderState.Submitted)], Seen(1, VenueStatus.Open));
        Assert.Null(_desk.Next());
        _desk.Observe(Seen(1, end, filled));
        _desk.Observe(Seen(1, end, filled));
        Assert.Equal(isRepeated ? 2 : null, _desk.Next()?.Order.Sequence);
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void An_adopted_order_can_be_cancelled_at_once()
    {
        Adopt([Stop(1, OrderState.CancelPending)], Seen(1, VenueStatus.Open));
        _desk.Cancel(Desk.Stop(1));
        Assert.Equal(WireAction.Cancel, _desk.Next()?.Action);
    }

    [Fact]
    public void A_cancel_of_the_engine_that_died_is_nobody_elses()
    {
        Adopt([Stop(1, OrderState.CancelPending), Stop(2, OrderState.Working)],
            Seen(1, VenueStatus.Cancelled), Seen(2, VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1", "Cancelled 2 CancelledByOther"], _desk.Reports());
    }

    [Fact]
    public void A_cancel_of_the_engine_that_died_is_nobody_elses_also_when_it_is_carried_out_later()
    {
        Adopt([Adopted(Stop(1, OrderState.Working)) with { WasCancelAsked = true }], Seen(1, VenueStatus.Open));
        _desk.Observe(Seen(1, VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void A_sell_without_a_row_that_arrives_after_the_look_is_taken_over_once()
    {
        _desk.Core.With(state => state.LastWritten = 1);
        Adopt([Stop(1, OrderState.Working)], Seen(1, VenueStatus.Open));
        _ = _desk.Reports();
        _desk.Observe(Seen(7, VenueStatus.Open));
        Assert.Equal(["TakenOver 7"], _desk.Reports());
        _desk.Observe(Seen(7, VenueStatus.Open, 4m));
        Assert.Equal(["Fill 7"], _desk.Reports());
        _desk.Cancel(Desk.Stop(7));
        Assert.Equal(WireAction.Cancel, _desk.Next()?.Action);
        _desk.Observe(Seen(7, VenueStatus.Cancelled, 4m));
        Assert.Equal(["Cancelled 7"], _desk.Reports());
    }

    [Fact]
    public void A_sell_that_was_over_before_anybody_saw_it_is_taken_over_with_what_it_sold()
    {
        _desk.Core.With(state => state.LastWritten = 1);
        _desk.Observe(Seen(7, VenueStatus.Filled, 10m));
        Assert.Equal(["TakenOver 7", "Fill 7"], _desk.Reports());
        _desk.Observe(Seen(8, VenueStatus.Cancelled));
        Assert.Empty(_desk.Reports());
    }

    [Fact]
    public void An_order_that_has_a_row_is_not_taken_over_again()
    {
        _desk.Core.With(state => state.LastWritten = 7);
        _desk.Observe(Seen(7, VenueStatus.Filled, 10m));
        Assert.Empty(_desk.Reports());
    }

    [Fact]
    public void A_buy_without_a_row_refuses_entries_and_seen_twice_it_is_taken_over_and_cancelled()
    {
        _desk.Core.With(state => state.LastWritten = 1);
        _desk.Observe(Orphan(VenueStatus.Open));
        _desk.Core.With(state => Assert.True(state.Health.HasMismatch));
        _desk.Core.With(state => Assert.Equal(
            [(HaltCause.EntryUnknown, 7L)],
            state.Reports.Waiting.ToArray()
                .Where(e => e.Kind == EventKind.FeedState && e.Health == HealthFlag.OrdersUnexplained)
                .Select(e => (e.HaltCause, e.OrderSequence))));
        _desk.Advance(4.9);
        _desk.Observe(Orphan(VenueStatus.Open));
        Assert.Equal(["OrdersUnexplained 1"], _desk.Reports());
        Assert.Null(_desk.Look());
        _desk.Advance(0.2);
        LookRequest? look = _desk.Look();
        Assert.Equal((7, "venue-7"), (look?.Sequence, look?.OrderId));
        _desk.Core.OnLook(7, Orphan(VenueStatus.Open, 4m), _desk.Time.NowNs);
        Assert.Equal(["TakenOver 7", "Fill 7"], _desk.Reports());
        _desk.Answered(WireAction.Cancel, 7, AnswerKind.Accepted);
        Assert.Null(_desk.Next());
        _desk.Observe(Orphan(VenueStatus.Cancelled, 5m));
        Assert.Equal(["Fill 7", "Cancelled 7"], _desk.Reports());
        _desk.Core.With(state => Assert.True(state.Health.HasMismatch));     // a person is to look
    }

    [Fact]
    public void A_buy_without_a_row_that_traded_before_it_was_certain_is_kept_with_what_it_bought()
    {
        _desk.Core.With(state => state.LastWritten = 1);
        _desk.Observe(Orphan(VenueStatus.Filled, 10m));
        _desk.Advance(5.1);
        _desk.Looked(7, Orphan(VenueStatus.Filled, 10m));
        Assert.Equal(["OrdersUnexplained 1", "TakenOver 7", "Fill 7"], _desk.Reports());
        Assert.Null(_desk.Next());
        Assert.Null(_desk.Look());
    }

    [Fact]
    public void A_buy_without_a_row_is_not_certain_while_something_of_the_pair_is_on_its_way()
    {
        _desk.Core.With(state => state.LastWritten = 1);
        _desk.Submit(Desk.Entry(2));
        WireRequest sent = _desk.Expect(WireAction.Create, 2);
        _desk.Observe(Orphan(VenueStatus.Open));
        _desk.Advance(5.1);
        _desk.Looked(7, Orphan(VenueStatus.Open));
        Assert.Equal(["OrdersUnexplained 1"], _desk.Reports());
        OrderAnswer taken = Desk.Answer(AnswerKind.Accepted);
        Assert.True(VenueOrderId.TryParse("venue-2", out taken.OrderId));
        _desk.Complete(sent, taken);
        Assert.Equal(["Ack 2"], _desk.Reports());
        _desk.Advance(1.1);
        _desk.Looked(7, Orphan(VenueStatus.Open));
        Assert.Empty(_desk.Reports());      // the first sight that counts
        _desk.Advance(5.1);
        _desk.Looked(7, Orphan(VenueStatus.Open));
        Assert.Equal(["TakenOver 7"], _desk.Reports());
        _ = _desk.Expect(WireAction.Cancel, 7);
    }

    [Fact]
    public void A_buy_without_a_row_that_ends_without_a_trade_only_refuses_entries()
    {
        _desk.Core.With(state => state.LastWritten = 1);
        _desk.Observe(Orphan(VenueStatus.Open));
        _desk.Observe(Orphan(VenueStatus.Cancelled));
        _desk.Advance(60);
        Assert.Null(_desk.Look());
        Assert.Equal(["OrdersUnexplained 1"], _desk.Reports());
    }

    [Fact]
    public void An_entry_that_a_row_gives_up_and_that_arrives_after_the_look_is_ours()
    {
        StoredOrder entry = Stop(2, OrderState.Abandoned) with
        {
            Side = OrderSide.Buy, Type = OrderType.Limit, Purpose = OrderPurpose.Entry, Trigger = 0,
            CreatedAtNs = _desk.Time.NowNs,
        };
        Adopt([entry]);
        Assert.Null(_desk.Look());
        _desk.Advance(30.1);
        CoinbaseOrder seen = Seen(2, VenueStatus.Open, 4m) with { Side = OrderSide.Buy, StopPrice = 0m };
        _desk.Looked(2, seen);
        Assert.Equal(["Ack 2", "Fill 2"], _desk.Reports());
        _desk.Observe(seen with { Status = VenueStatus.Cancelled });
        Assert.Equal(["Cancelled 2 CancelledByOther"], _desk.Reports());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_edit_that_is_carried_out_after_the_look_is_known_by_its_terms(bool isProvenAbsent)
    {
        Adopt(
            [Stop(1, OrderState.CancelPending), Stop(2, OrderState.Submitted) with { Trigger = 99 * Desk.Unit }],
            Seen(1, VenueStatus.EditQueued));
        if (isProvenAbsent)
        {
            _desk.Looked(2, null);
            _desk.Advance(5.1);
            _desk.Looked(2, null);
            Assert.Equal(["ProvenAbsent 2"], _desk.Reports());
        }

        _desk.Observe(Seen(1, VenueStatus.Open) with { StopPrice = 99m });
        Assert.Equal(["Replaced 2"], _desk.Reports());
        _desk.Core.With(state => Assert.False(state.Health.HasMismatch));
        _desk.Observe(Seen(1, VenueStatus.Filled, 10m) with { StopPrice = 99m });
        Assert.Equal(["Fill 2"], _desk.Reports());
        Assert.False(_desk.Core.IsInDoubt());
    }

    [Theory]
    [InlineData(3, Liquidity.Maker)]
    [InlineData(1, Liquidity.None)]
    public void What_an_order_traded_meanwhile_made_or_took_as_its_newest_fills_say(int booked, Liquidity expected)
    {
        CoinbaseOrder seen = Seen(1, VenueStatus.Open, 7m);
        AdoptedOrder stop = Adopted(Stop(1, OrderState.Working, filled: booked)) with
        {
            Seen = new SeenOrder
            {
                ClientOrderId = seen.ClientOrderId, VenueId = seen.OrderId, ProductId = seen.ProductId,
                Side = seen.Side, Type = OrderType.StopLimit, IsOpen = true, Size = seen.Size,
                FilledSize = seen.FilledSize, Fills = [new(3m, Liquidity.Taker), new(4m, Liquidity.Maker)],
            },
        };
        Adopt([stop], [.. OrderAdoption.WithLiquidity([seen], [stop], _desk.Traded)]);
        EventList reports = new();
        Assert.True(_desk.Core.MoveReportsTo(reports));
        Assert.Equal((ReportKind.Fill, expected), (reports.Waiting[0].Report, reports.Waiting[0].Liquidity));
    }

    private static CoinbaseOrder Seen(long sequence, VenueStatus status, decimal filled = 0m) => new()
    {
        OrderId = $"venue-{sequence}", ClientOrderId = $"llp-engine1-1-{sequence}", ProductId = "BTC-USD",
        Side = OrderSide.Sell, Status = status, FilledSize = filled, FilledValue = filled * 100m, TotalFees = filled,
        Size = 10m, LimitPrice = 97m, StopPrice = 98m,
    };

    private static CoinbaseOrder Orphan(VenueStatus status, decimal filled = 0m) =>
        Seen(7, status, filled) with { Side = OrderSide.Buy, StopPrice = 0m };

    private static StoredOrder Stop(long sequence, OrderState state, int filled = 0) => new()
    {
        Sequence = sequence, Product = 0, Side = OrderSide.Sell, Type = OrderType.StopLimit,
        Purpose = OrderPurpose.Stop, State = state, Limit = 97 * Desk.Unit, Trigger = 98 * Desk.Unit,
        Quantity = 10 * Desk.Unit, Cumulative = filled * Desk.Unit, FilledValue = filled * 100m, Fees = filled,
    };

    private static AdoptedOrder Adopted(StoredOrder order) => new()
    {
        Order = order, Epoch = 1, ClientSequence = order.Sequence,
    };

    private void Adopt(StoredOrder[] orders, params CoinbaseOrder[] seen) =>
        Adopt([.. orders.Select(Adopted)], seen);

    private void Adopt(AdoptedOrder[] orders, params CoinbaseOrder[] seen) => _desk.Core.Adopt(
        orders.Select(OrderAdoption.VenueOrderOf), seen, new ClientOrderIds("engine1", 1), _desk.Time.NowNs);
}
