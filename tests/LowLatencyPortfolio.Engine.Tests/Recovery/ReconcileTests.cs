using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>What the venue and the database may disagree about after a crash, and what is done about it.</summary>
public sealed class ReconcileTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Position_and_stop_that_agree_go_on_without_a_word()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.KillAndStartAsync();
        Assert.True(_trader.Report.IsClean);
        Assert.Equal(1, _trader.Report.Orders - 1);     // the entry, and the stop
        Assert.Equal(10m, _trader.Held);
        await _trader.TickAsync(110m);
        await _trader.ProtectedAsync(107.8m);
    }

    [Fact]
    public async Task Epoch_rises_at_each_start_and_no_order_id_comes_twice()
    {
        _trader.Start();
        await _trader.HoldAsync();
        for (long epoch = 2; epoch < 5; epoch++)
        {
            await _trader.KillAndStartAsync();
            Assert.Equal(epoch, _trader.Engine.Engine.Epoch);
            await _trader.TickAsync(100m + (epoch * 10m));
            await _trader.ProtectedAsync((100m + (epoch * 10m)) * 0.98m);
        }

        string[] names = [.. _trader.Venue.Orders.Select(order => order.ClientId)];
        Assert.Equal(5, names.Length);
        Assert.Equal(names, names.Distinct());
        long[] numbers = [.. _trader.Read(database => database.Orders()).Select(order => order.OrderSequence)];
        Assert.Equal(numbers, numbers.Distinct());
    }

    [Fact]
    public async Task Entries_are_refused_until_the_venue_has_said_that_all_is_known()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Fill(stop, 97m);
        _trader.Venue.SaysReconciled = false;
        _trader.Start();
        await Until.True(() => _trader.Held == 0m, "the stop's fill is booked");
        await _trader.SettledAsync();
        Assert.Equal(RiskVerdict.NotReconciled, await _trader.AskAsync());
        _trader.Venue.SaysReconciled = true;
        await _trader.UntilApprovedAsync();
    }

    [Fact]
    public async Task Coins_that_are_gone_leave_at_cost_and_the_rest_is_protected()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Cancel(stop);
        _trader.Venue.Move("BTC", -4m);
        _trader.Start();
        Assert.Equal(
            [ReconcileFinding.CoinsMissing, ReconcileFinding.EndedMeanwhile],
            _trader.Report.Lines.Select(line => line.Finding));
        Assert.True(_trader.Report.IsAlarm);
        await _trader.ProtectedAsync(98m, held: 6m);
        HistoryRow row = Assert.Single(
            _trader.Read(database => database.History()), row => row.Action == HistoryAction.ExternalOut);
        Assert.Equal((4m, 400m), (row.Quantity, row.Value));
        PositionRow position = Assert.Single(_trader.Read(database => database.Positions()));
        Assert.Equal((6m, 600m, -0.1m), (position.Quantity, position.Cost, position.Realized));
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Coins_that_were_only_late_take_nothing_out()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.KillAsync();
        VenueBookOrder stop = _trader.Venue.Newest(OrderPurpose.Stop)!;
        _trader.Venue.Cancel(stop);
        _trader.Venue.Move("BTC", -10m);
        int looks = _trader.Venue.Looks;
        _trader.Venue.OnLook = look =>
        {
            if (look == looks + 2)
            {
                _trader.Venue.Move("BTC", 10m);
            }
        };
        _trader.Start();
        Assert.Equal([ReconcileFinding.EndedMeanwhile], _trader.Report.Lines.Select(line => line.Finding));
        await _trader.ProtectedAsync(98m);
    }

    [Fact]
    public async Task Coins_and_orders_of_others_are_left_alone()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.KillAsync();
        VenueBookOrder theirs = new()
        {
            ClientId = "llp-another-1-2", ProductId = "BTC-USD", Side = OrderSide.Sell, Type = OrderType.Limit,
            Purpose = OrderPurpose.Exit, Size = 3m, Limit = 200m,
        };
        _trader.Venue.Orders.Add(theirs);
        _trader.Venue.Move("BTC", 5m);
        _trader.Start();
        Assert.True(_trader.Report.IsClean);
        await _trader.ProtectedAsync(98m);
        Assert.True(theirs.IsOpen);
        Assert.Equal(10m, _trader.Held);
    }

    [Fact]
    public async Task Coins_that_somebody_elses_order_holds_are_told_and_not_taken_out()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Cancel(stop);
        _trader.Venue.Orders.Add(new VenueBookOrder
        {
            ClientId = "theirs", ProductId = "BTC-USD", Side = OrderSide.Sell, Type = OrderType.Limit,
            Purpose = OrderPurpose.Exit, Size = 10m, Limit = 200m,
        });
        _trader.Start();
        Assert.Equal(
            [ReconcileFinding.CoinsUnexplained, ReconcileFinding.EndedMeanwhile],
            _trader.Report.Lines.Select(line => line.Finding));
        Assert.True(_trader.Report.IsAlarm);
        Assert.Equal(10m, _trader.Held);
    }

    [Fact]
    public async Task Coins_beside_those_that_somebody_elses_order_holds_are_protected_at_the_start()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Cancel(stop);
        _trader.Venue.Orders.Add(new VenueBookOrder
        {
            ClientId = "theirs", ProductId = "BTC-USD", Side = OrderSide.Sell, Type = OrderType.Limit,
            Purpose = OrderPurpose.Exit, Size = 4m, Limit = 200m,
        });
        _trader.Start();
        Assert.Contains(ReconcileFinding.CoinsUnexplained, _trader.Report.Lines.Select(line => line.Finding));
        await Until.True(
            () => _trader.Venue.Newest(OrderPurpose.Stop) is { Size: 6m }, "a stop rests for what nobody else holds");
        Assert.Equal(10m, _trader.Held);
    }

    [Fact]
    public async Task Entry_that_no_row_knows_is_cancelled_and_what_it_bought_is_protected()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.KillAsync();
        VenueBookOrder orphan = new()
        {
            ClientId = $"llp-{_trader.Read(database => database.Meta()["engine_id"])}-1-50", ProductId = "BTC-USD",
            Side = OrderSide.Buy, Type = OrderType.Limit, Purpose = OrderPurpose.Entry, Size = 5m, Limit = 100m,
        };
        _trader.Venue.Orders.Add(orphan);
        _trader.Venue.Fill(orphan, 100m, 2m);
        _trader.Start();
        Assert.Equal(
            [ReconcileFinding.OrphanCancelled, ReconcileFinding.FilledMeanwhile],
            _trader.Report.Lines.Select(line => line.Finding));
        await Until.True(() => !orphan.IsOpen, "it is cancelled");
        await Until.True(
            () => _trader.Held == 12m && _trader.Venue.Orders
                .Where(order => order.IsOpen).Sum(order => order.Size - order.Filled) == 12m,
            "all is protected");
        await _trader.SettledAsync();
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Of_two_stops_for_more_than_is_held_the_looser_is_cancelled()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        VenueBookOrder second = new()
        {
            ClientId = $"llp-{_trader.Read(database => database.Meta()["engine_id"])}-1-50", ProductId = "BTC-USD",
            Side = OrderSide.Sell, Type = OrderType.StopLimit, Purpose = OrderPurpose.Stop, Size = 10m, Limit = 97m,
            Trigger = 99m,
        };
        _trader.Venue.Orders.Add(second);
        _trader.Start();
        Assert.Equal(
            [ReconcileFinding.StopExcess, ReconcileFinding.OrderAdopted],
            _trader.Report.Lines.Select(line => line.Finding));
        await Until.True(() => !stop.IsOpen, "the looser one is cancelled");
        await _trader.SettledAsync();
        Assert.True(second.IsOpen);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Stop_of_a_start_that_was_killed_before_it_wrote_a_row_is_taken_over()
    {
        _trader.Start();
        VenueBookOrder first = await _trader.HoldAsync();
        await _trader.KillAndStartAsync();
        await _trader.RememberAsync(historyRows: 1);
        await _trader.TickAsync(110m);
        VenueBookOrder second = await _trader.ProtectedAsync(107.8m);
        await _trader.KillAsync();
        _trader.LoseSince();
        _trader.Start();
        Assert.False(first.IsOpen);
        Assert.Equal(
            [ReconcileFinding.EndedMeanwhile, ReconcileFinding.OrderAdopted],
            _trader.Report.Lines.Select(line => line.Finding).Order());
        await _trader.SettledAsync();
        await _trader.TickAsync(120m);
        VenueBookOrder third = await _trader.ProtectedAsync(117.6m);
        Assert.True(NumberOf(third) > NumberOf(second));
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Stop_that_arrives_after_the_next_start_has_looked_is_taken_over_by_the_one_after_it()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        string engineId = _trader.Read(database => database.Meta()["engine_id"]);
        await _trader.KillAndStartAsync();
        await _trader.KillAsync();
        _trader.Venue.Cancel(stop);
        _trader.Venue.Orders.Add(new VenueBookOrder
        {
            ClientId = $"llp-{engineId}-1-50", ProductId = "BTC-USD", Side = OrderSide.Sell,
            Type = OrderType.StopLimit, Purpose = OrderPurpose.Stop, Size = 10m, Limit = 97m, Trigger = 99m,
        });
        _trader.Start();
        Assert.Equal(
            [ReconcileFinding.EndedMeanwhile, ReconcileFinding.OrderAdopted],
            _trader.Report.Lines.Select(line => line.Finding));
        await _trader.ProtectedAsync(99m);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Order_that_an_older_copy_of_the_database_cannot_explain_refuses_the_start()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.KillAsync();
        string engineId = _trader.Read(database => database.Meta()["engine_id"]);
        _trader.Venue.Orders.Add(new VenueBookOrder
        {
            ClientId = $"llp-{engineId}-7-50", ProductId = "BTC-USD", Side = OrderSide.Sell, Type = OrderType.Market,
            Purpose = OrderPurpose.Exit, Size = 1m,
        });
        int rows = _trader.Read(database => database.History()).Count;
        ReconcileException refusal = Assert.Throws<ReconcileException>(_trader.Start);
        Assert.Contains($"llp-{engineId}-7-50", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(rows, _trader.Read(database => database.History()).Count);
        Assert.Equal("1", _trader.Read(database => database.Meta()["epoch"]));
        _trader.Venue.Orders.RemoveAt(_trader.Venue.Orders.Count - 1);
        _trader.Start();
        Assert.True(_trader.Report.IsClean);
    }

    [Fact]
    public async Task Report_shows_the_same_and_changes_nothing()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Fill(stop, 97m);
        int rows = _trader.Read(database => database.History()).Count;
        ReconcileReport shown = await SessionReconciliation.ReportAsync(
            _trader.Options, Market.Pairs("BTC-USD"), TestContext.Current.CancellationToken);
        Assert.Equal(rows, _trader.Read(database => database.History()).Count);
        _trader.Start();
        Assert.Equal(shown.Lines, _trader.Report.Lines);
        ReconcileLine line = Assert.Single(shown.Lines);
        Assert.Equal("BTC-USD stop #2 of 10: traded while nobody ran; booked", line.Text);
    }

    [Fact]
    public async Task Each_difference_is_a_row_of_history()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Fill(stop, 97m);
        _trader.Start();
        HistoryRow row = Assert.Single(
            _trader.Read(database => database.History()), row => row.Action == HistoryAction.Reconciled);
        Assert.Equal(
            ("BTC-USD", "FILLED_MEANWHILE", 2L, 10m), (row.ProductId, row.Detail, row.OrderSequence, row.Quantity));
    }

    [Fact]
    public async Task Session_of_another_venue_is_refused_by_the_name_of_its_own()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.KillAsync();
        JournalException refusal = Assert.Throws<JournalException>(
            () => Market.Started(Market.Options() with { DatabasePath = _trader.Path }, "BTC-USD"));
        Assert.Contains("its venue, scripted", refusal.Message, StringComparison.Ordinal);
    }

    private static long NumberOf(VenueBookOrder order) =>
        long.Parse(order.ClientId.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);
}
