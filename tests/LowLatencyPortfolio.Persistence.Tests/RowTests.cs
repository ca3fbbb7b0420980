using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class RowTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void An_order_is_stored_with_its_id_and_updated_in_place()
    {
        using (StateJournal journal = _folder.Open())
        {
            StateChange order = JournalFolder.Order(7, OrderState.Intended);
            order.OrderType = OrderType.StopLimit;
            order.Side = OrderSide.Sell;
            order.Purpose = OrderPurpose.Stop;
            order.Trigger = 4_400_000_000_000;
            order.PositionId = 3;
            journal.Append(order);
            order.OrderState = OrderState.Rejected;
            order.Reason = RejectReason.StopThroughMarket;
            order.FilledQuantity = 400_000;
            order.Value = 176.4938m;
            order.Fees = 1.05896280m;
            order.TimeNs = 9_999;
            journal.Append(order);
            journal.Complete();
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            new OrderRow(
                7, "BTC-USD", "llp-test-0-7", OrderType.StopLimit, OrderSide.Sell, OrderPurpose.Stop,
                OrderState.Rejected, 0.01m, 44_123.45m, 44_000m, 0.004m,
                176.4938m, 1.0589628m, 3, 1_007, 9_999, "STOP_THROUGH_MARKET"),
            Assert.Single(database.Orders()));
        Assert.Equal("1.0589628", JournalFolder.Scalar(_folder.Database, "SELECT fees FROM orders"));
    }

    [Fact]
    public void A_market_order_has_no_price_and_no_trigger()
    {
        using (StateJournal journal = _folder.Open())
        {
            StateChange order = JournalFolder.Order(1, OrderState.Submitted);
            order.OrderType = OrderType.Market;
            order.Price = 0;
            order.ExitReason = ExitReason.LossBreaker;
            journal.Append(order);
        }

        Assert.Equal(
            "MARKET|NULL|NULL|NULL|LOSS_BREAKER",
            JournalFolder.Scalar(_folder.Database, "SELECT type, price, trigger, position_id, reason FROM orders"));
    }

    [Fact]
    public void A_position_shows_cost_per_quantity_while_held_and_the_average_paid_when_closed()
    {
        StateChange position = new()
        {
            Kind = StateChangeKind.Position,
            Product = JournalFolder.Btc,
            PositionId = 1,
            StopState = StopState.Resting,
            Quantity = 300_000_000,
            FilledQuantity = 300_000_000,
            Value = 100m,
            BoughtValue = 100m,
            Fees = 0.6m,
            Realized = -0.6m,
            Highest = 3_500_000_000,
            Trigger = 3_400_000_000,
            Ratchets = 2,
            OpenedAtNs = 11,
            EndOfEvent = true,
        };
        using StateJournal journal = _folder.Open();
        journal.Append(position);
        JournalFolder.Drain(journal);
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            new PositionRow(
                1, "BTC-USD", 3m, 33.333333333333m, StopState.Resting, 100m, 11, null, 35m, 34m, 2,
                3m, 100m, 0m, 0m, 0.6m, -0.6m, null, ExitReason.None),
            Assert.Single(database.Positions()));

        position.StopState = StopState.Closed;
        position.Quantity = 0;
        position.Value = 0m;
        position.SoldQuantity = 300_000_000;
        position.SoldValue = 102m;
        position.ClosedAtNs = 22;
        position.ExitPrice = 3_400_000_000;
        position.ExitReason = ExitReason.TrailingStop;
        position.Realized = 0.788m;
        position.Fees = 1.212m;
        journal.Append(position);
        JournalFolder.Drain(journal);
        Assert.Equal(
            new PositionRow(
                1, "BTC-USD", 0m, 33.333333333333m, StopState.Closed, 0m, 11, 22, 35m, 34m, 2,
                3m, 100m, 3m, 102m, 1.212m, 0.788m, 34m, ExitReason.TrailingStop),
            Assert.Single(database.Positions()));
    }

    [Theory]
    [InlineData("0.0000000000125", 1, "0.000000000012")]
    [InlineData("0.0000000000135", 1, "0.000000000014")]
    public void The_entry_price_is_rounded_half_to_even_at_twelve_decimals(string cost, int quantity, string entry)
    {
        using (StateJournal journal = _folder.Open())
        {
            journal.Append(new StateChange
            {
                Kind = StateChangeKind.Position, PositionId = 1, Quantity = quantity * 100_000_000L,
                Value = CanonicalDecimal.Parse(cost), EndOfEvent = true,
            });
        }

        Assert.Equal(entry, JournalFolder.Scalar(_folder.Database, "SELECT entry_price FROM positions"));
    }

    [Fact]
    public void History_keeps_order_and_says_what_happened_at_which_price()
    {
        using (StateJournal journal = _folder.Open())
        {
            journal.Append(new StateChange
            {
                Kind = StateChangeKind.History, Action = HistoryAction.EntryFilled, Product = JournalFolder.Pepe,
                Price = 12_345, Quantity = 10_000_000, Value = 12.345m, Fees = 0.07407m,
                TimeNs = 77, OrderSequence = 4, PositionId = 2, MarketEvent = 5, Liquidity = Liquidity.Maker,
            });
            journal.Append(new StateChange
            {
                Kind = StateChangeKind.History, Action = HistoryAction.RiskRejected, Product = JournalFolder.Btc,
                Price = 100_000_000,
                Verdict = RiskVerdict.CorrelatedExposureAboveLimit, TimeNs = 78, MarketEvent = 5,
            });
            journal.Append(new StateChange
            {
                Kind = StateChangeKind.History, Action = HistoryAction.EntrySubmitted, Product = JournalFolder.Btc,
                Quantity = 300_000_000, TimeNs = 78, OrderSequence = 5, MarketEvent = 5,
            });
            journal.Append(new StateChange
            {
                Kind = StateChangeKind.History, Action = HistoryAction.Halted, Product = -1, TimeNs = 79,
                MarketEvent = 6, EndOfEvent = true,
            });
        }

        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            [
                new HistoryRow(1, "PEPE-USD", HistoryAction.EntryFilled, 0.0000012345m, 10m, 77,
                    4, 2, 12.345m, 0.07407m, "MAKER", 5),
                new HistoryRow(
                    2, "BTC-USD", HistoryAction.RiskRejected, 1m, 0m, 78,
                    null, null, 0m, 0m, "CORRELATED_EXPOSURE_ABOVE_LIMIT", 5),
                new HistoryRow(
                    3, "BTC-USD", HistoryAction.EntrySubmitted, null, 3m, 78, 5, null, 0m, 0m, null, 5),
                new HistoryRow(4, null, HistoryAction.Halted, null, null, 79, null, null, 0m, 0m, null, 6),
            ],
            database.History());
        Assert.Equal(2, Assert.Single(database.History(afterId: 1, atMost: 1)).Id);
    }

    [Fact]
    public void The_portfolio_begins_with_the_capital_and_follows_its_changes()
    {
        using StateJournal journal = _folder.Open();
        using PortfolioDatabase database = _folder.Read();
        Assert.Equal(
            new PortfolioRow(100_000m, "USD", TradingMode.Trading, 100_000m, 100_000m, 0m, 0), database.Portfolio());
        journal.Append(new StateChange
        {
            Kind = StateChangeKind.Portfolio, Product = -1, Mode = TradingMode.Halted, Value = 99_000m,
            BoughtValue = 88_000.5m, Realized = -11_999.5m, TimeNs = 5, EndOfEvent = true,
        });
        JournalFolder.Drain(journal);
        Assert.Equal(
            new PortfolioRow(100_000m, "USD", TradingMode.Halted, 99_000m, 88_000.5m, -11_999.5m, 5),
            database.Portfolio());
    }

    [Fact]
    public void Products_and_pairs_are_stored_as_configured()
    {
        _folder.Open().Dispose();
        Assert.Equal(
            ["BTC-USD|0.01|0.00000001|0.00001|1", "PEPE-USD|0.0000000001|0.1|0|0"],
            JournalFolder.Dump(
                _folder.Database,
                "SELECT product_id, price_increment, quantity_increment, min_quantity, min_notional FROM products"));
        Assert.Equal(
            ["BTC-USD|1|2|0.05|0.02|0.005|NULL|NULL", "PEPE-USD|1|2|0.02|0.02|0.005|meme|NULL"],
            JournalFolder.Dump(
                _folder.Database,
                "SELECT product_id, enabled, position_size_pct, trail_pct, stop_limit_buffer_pct, min_ratchet, "
                + "correlation_group, max_price_age_seconds FROM pairs"));
    }

    public void Dispose() => _folder.Dispose();
}
