using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>An engine is killed at each point of an order's life; the next one goes on without a doubt left.</summary>
public sealed class CrashPointTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Intent_committed_and_never_sent_is_proven_absent_and_its_capital_is_free_again()
    {
        _trader.Start();
        _trader.Venue.Loses = _ => true;
        Assert.Equal(RiskVerdict.Approved, await _trader.AskAsync());
        await _trader.KillAndStartAsync();
        Found(ReconcileFinding.AnswerUnknown);
        await _trader.SettledAsync();
        Assert.Equal(OrderState.Abandoned, Assert.Single(_trader.Read(database => database.Orders())).State);
        await _trader.HoldAsync();
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Entry_accepted_without_an_answer_works_on_and_is_never_sent_twice()
    {
        _trader.Start();
        _trader.Venue.IsMute = true;
        VenueBookOrder entry = await _trader.EnterAsync();
        await _trader.KillAndStartAsync();
        await _trader.SettledAsync();
        Assert.Single(_trader.Venue.Orders);
        _trader.Venue.Fill(entry, 100m);
        await _trader.ProtectedAsync(98m);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Entry_filled_before_the_fill_was_heard_is_booked_once_and_protected()
    {
        _trader.Start();
        _trader.Venue.IsMute = true;
        VenueBookOrder entry = await _trader.EnterAsync();
        _trader.Venue.Fill(entry, 100m);
        await _trader.KillAndStartAsync();
        Found(ReconcileFinding.FilledMeanwhile);
        await _trader.ProtectedAsync(98m);
        await _trader.FindNothingAgainAsync();
        Assert.Equal(10m, _trader.Held);
        Assert.Single(_trader.Read(database => database.History()), row => row.Action == HistoryAction.EntryFilled);
    }

    [Fact]
    public async Task Part_booked_and_part_filled_while_nobody_ran_add_up()
    {
        _trader.Start();
        VenueBookOrder entry = await _trader.EnterAsync();
        _trader.Venue.Fill(entry, 100m, 4m);
        await _trader.ProtectedAsync(98m, held: 4m);
        await _trader.KillAsync();
        _trader.Venue.Fill(entry, 100m, 6m);
        _trader.Start();
        Found(ReconcileFinding.FilledMeanwhile);
        await Until.True(() => _trader.Held == 10m, "all is booked");
        await Until.True(
            () => _trader.Venue.Orders.Where(order => order.IsOpen).Sum(order => order.Size) == 10m,
            "all is protected");
        await _trader.SettledAsync();
        await _trader.FindNothingAgainAsync();
        PositionRow position = Assert.Single(_trader.Read(database => database.Positions()));
        Assert.Equal((10m, 1_000m, 0.2m), (position.Quantity, position.Cost, position.Fees));
    }

    [Fact]
    public async Task Fill_committed_and_no_stop_sent_is_protected_at_the_start()
    {
        _trader.Start();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        VenueBookOrder entry = await _trader.EnterAsync();
        _trader.Venue.Fill(entry, 100m);
        await Until.True(() => _trader.Held == 10m, "the fill is booked");
        await _trader.KillAndStartAsync();
        Found(ReconcileFinding.AnswerUnknown);
        await _trader.ProtectedAsync(98m);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Fill_and_stop_that_were_never_written_down_are_taken_over()
    {
        _trader.Start();
        VenueBookOrder entry = await _trader.EnterAsync();
        await _trader.RememberAsync(historyRows: 1);
        _trader.Venue.Fill(entry, 100m);
        await _trader.ProtectedAsync(98m);
        await _trader.KillAsync();
        _trader.LoseSince();
        _trader.Start();
        Found(ReconcileFinding.FilledMeanwhile, ReconcileFinding.OrderAdopted);
        await _trader.ProtectedAsync(98m);
        Assert.Single(_trader.Venue.Orders, order => order.Purpose == OrderPurpose.Stop);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Whole_trade_that_was_never_written_down_is_booked_in_its_order()
    {
        _trader.Start();
        VenueBookOrder entry = await _trader.EnterAsync();
        await _trader.RememberAsync(historyRows: 1);
        _trader.Venue.Fill(entry, 100m);
        VenueBookOrder stop = await _trader.ProtectedAsync(98m);
        await _trader.KillAsync();
        _trader.LoseSince();
        _trader.Venue.Fill(stop, 97m);
        _trader.Start();
        await Until.True(
            () => _trader.Read(database => database.Positions()) is [{ ClosedAtNs: not null }], "the trade is over");
        await _trader.SettledAsync();
        PositionRow position = Assert.Single(_trader.Read(database => database.Positions()));
        Assert.Equal((0m, -30.2m), (position.Quantity, position.Realized));
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Stop_that_sold_while_nobody_ran_closes_the_position()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Fill(stop, 97m);
        _trader.Start();
        Found(ReconcileFinding.FilledMeanwhile);
        await Until.True(() => _trader.Held == 0m, "it is sold");
        await _trader.SettledAsync();
        await _trader.FindNothingAgainAsync();
        Assert.Equal(1, _trader.Engine.GetPortfolioStatus().Metrics.ClosedPositions);
    }

    [Fact]
    public async Task Ratchet_whose_cancel_arrived_and_whose_stop_did_not_is_placed_at_the_newest_trigger()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        await _trader.KillAsync();
        _trader.Venue.Cancel(stop);
        _trader.Start();
        Found(ReconcileFinding.EndedMeanwhile, ReconcileFinding.AnswerUnknown);
        await _trader.ProtectedAsync(107.8m);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Ratchet_that_was_never_written_down_is_taken_over()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.RememberAsync(historyRows: 3);
        await _trader.TickAsync(110m);
        await _trader.ProtectedAsync(107.8m);
        await _trader.KillAsync();
        _trader.LoseSince();
        _trader.Start();
        Found(ReconcileFinding.EndedMeanwhile, ReconcileFinding.OrderAdopted);
        await _trader.ProtectedAsync(107.8m);
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Cancel_that_never_arrived_leaves_the_stop_working_and_counted()
    {
        _trader.Start();
        await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        await _trader.KillAndStartAsync();
        Found(ReconcileFinding.StillAtVenue, ReconcileFinding.AnswerUnknown);
        await _trader.SettledAsync();
        Assert.Equal(10m, _trader.Venue.Newest(OrderPurpose.Stop)!.Size);
        await _trader.FindNothingAgainAsync();
        await _trader.TickAsync(120m);
        await _trader.ProtectedAsync(117.6m);
    }

    [Fact]
    public async Task Exit_that_sold_a_part_goes_on_until_all_is_sold()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await Until.Done(_trader.Engine.Engine.ControlAsync(ControlAction.Liquidate, 0));
        VenueBookOrder exit = await _trader.AtVenueAsync(OrderPurpose.Exit);
        _trader.Venue.Fill(exit, 99m, 4m);
        await Until.True(() => _trader.Held == 6m, "the part is booked");
        await _trader.KillAsync();
        _trader.Venue.Cancel(exit);
        _trader.Start();
        Found(ReconcileFinding.EndedMeanwhile);
        VenueBookOrder rest = await _trader.AtVenueAsync(OrderPurpose.Exit);
        Assert.Equal(6m, rest.Size);
        _trader.Venue.Fill(rest, 99m);
        await Until.True(() => _trader.Held == 0m, "all is sold");
        await _trader.SettledAsync();
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Liquidation_at_the_loss_limit_goes_on_after_the_crash()
    {
        _trader.Limits = portfolio => portfolio with { EmergencyLiquidationLossPct = -0.01m, DailyLossPct = -0.005m };
        _trader.Start();
        await _trader.HoldAsync();
        _trader.Venue.Loses = _ => true;
        await _trader.TickAsync(98.5m);
        await Until.True(
            () => _trader.Read(database => database.Portfolio()).Mode == TradingMode.Halted, "the limit is reached");
        await _trader.KillAndStartAsync();
        VenueBookOrder exit = await _trader.AtVenueAsync(OrderPurpose.Exit);
        Assert.Equal(10m, exit.Size);
        _trader.Venue.Fill(exit, 98m);
        await Until.True(() => _trader.Held == 0m, "all is sold");
        Assert.Equal(TradingMode.Halted, _trader.Engine.GetPortfolioStatus().Mode);
        await _trader.SettledAsync();
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Crash_of_the_recovery_itself_books_and_takes_out_nothing_twice()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.KillAsync();
        _trader.Venue.Fill(stop, 97m, 3m);
        _trader.Venue.Cancel(stop);
        _trader.Venue.Move("BTC", -2m);
        for (int i = 0; i < 3; i++)
        {
            _trader.Venue.IsMute = true;
            _trader.Venue.Loses = _ => true;
            _trader.Start();
            Assert.Equal(i == 0, _trader.Report.IsAlarm);
            await _trader.KillAsync();
        }

        _trader.Start();
        _trader.Venue.Fill(await _trader.ProtectedAsync(98m, held: 5m), 97m);
        await Until.True(
            () => _trader.Read(database => database.Positions()) is [{ ClosedAtNs: not null }], "the rest is sold");
        await _trader.SettledAsync();
        HistoryRow[] rows = [.. _trader.Read(database => database.History())];
        Assert.Single(rows, row => row.Action == HistoryAction.ExternalOut);
        Assert.Equal(
            [3m, 5m],
            rows.Where(row => row.Action == HistoryAction.ExitFilled).Select(row => row.Quantity!.Value));
        await _trader.FindNothingAgainAsync();
    }

    private void Found(params ReconcileFinding[] findings) =>
        Assert.Equal(findings, _trader.Report.Lines.Select(line => line.Finding));
}
