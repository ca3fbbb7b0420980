using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>
/// Stops that were moved by edits, which keep the venue's order and its name, when the engine was killed.
/// </summary>
public sealed class MovedStopTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Stop_that_was_edited_before_that_was_written_down_is_known_by_its_old_name()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        await _trader.KillAsync();
        (stop.Trigger, stop.Limit) = (107.8m, 105.64m);
        _trader.Start();
        Assert.Equal([ReconcileFinding.ReplacedMeanwhile], _trader.Report.Lines.Select(line => line.Finding));
        await _trader.SettledAsync();
        Assert.Equal(107.8m, _trader.Engine.GetPortfolioStatus().Pair("BTC-USD").StopTrigger);
        _trader.Venue.Fill(stop, 107m);
        await Until.True(() => _trader.Held == 0m, "it sold");
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Stop_that_was_edited_twice_is_known_though_the_row_of_the_second_edit_is_lost()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        await _trader.KillAsync();
        (stop.Trigger, stop.Limit) = (107.8m, 105.64m);
        _trader.Start();
        await _trader.SettledAsync();
        await _trader.RememberAsync(historyRows: 1);
        await MoveUnwrittenAsync(stop, 120m, (117.6m, 115.24m));
        Assert.Equal(
            ["BTC-USD stop #3 of 10: was moved to 117.6 by an edit that no row knows"],
            _trader.Report.Lines.Select(line => line.Text));
        await AssertStandsAsync(stop, 117.6m);
    }

    [Fact]
    public async Task Stop_that_was_edited_is_known_though_the_row_of_the_edit_is_lost()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        await _trader.RememberAsync(historyRows: 1);
        await MoveUnwrittenAsync(stop, 110m, (107.8m, 105.64m));
        Assert.Equal([ReconcileFinding.ReplacedMeanwhile], _trader.Report.Lines.Select(line => line.Finding));
        await AssertStandsAsync(stop, 107.8m);
    }

    [Fact]
    public async Task Edit_that_was_given_up_and_carried_out_all_the_same_leaves_no_stop_behind()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        await _trader.KillAndStartAsync();
        await _trader.SettledAsync();
        Assert.Equal(
            [(2L, OrderState.Working), (3L, OrderState.Abandoned)],
            _trader.Read(database => database.Orders())
                .Where(order => order.Purpose == OrderPurpose.Stop)
                .Select(order => (order.OrderSequence, order.State)));
        await _trader.KillAsync();
        (stop.Trigger, stop.Limit) = (107.8m, 105.64m);
        _trader.Venue.Fill(stop, 107m);
        _trader.Start();
        Assert.Equal(
            [(3L, ReconcileFinding.FilledMeanwhile), (3L, ReconcileFinding.ReplacedMeanwhile)],
            _trader.Report.Lines.Select(line => (line.OrderSequence, line.Finding)).Order());
        await Until.True(
            () => _trader.Held == 0m && _trader.Read(database => database.Orders())
                .All(order => OrderTransitions.IsFinal(order.State)),
            "it sold, once, and no order is left");
        await _trader.FindNothingAgainAsync();
    }

    [Fact]
    public async Task Stop_that_sold_at_terms_that_no_row_knows_is_booked_once()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        await _trader.KillAsync();
        (stop.Trigger, stop.Limit) = (107.8m, 105.64m);
        _trader.Start();
        await _trader.SettledAsync();
        await _trader.KillAsync();
        (stop.Trigger, stop.Limit) = (117.6m, 115.24m);
        _trader.Venue.Fill(stop, 117m);
        _trader.Start();
        Assert.Equal(
            [(3L, ReconcileFinding.FilledMeanwhile)],
            _trader.Report.Lines.Select(line => (line.OrderSequence, line.Finding)));
        await Until.True(
            () => _trader.Held == 0m && _trader.Read(database => database.Orders())
                .All(order => OrderTransitions.IsFinal(order.State)),
            "it sold, once, and no order is left");
        await _trader.FindNothingAgainAsync();
    }

    // They were never sent, so nothing can be told of them; and they are so many that they would crowd out what can.
    [Fact]
    public async Task Moves_that_were_handed_back_are_no_orders_of_the_next_start()
    {
        const int HandedBack = 300;
        _trader.Start();
        await _trader.HoldAsync();
        int left = HandedBack;
        _trader.Venue.HandsBack = () => left-- > 0;
        await _trader.TickAsync(110m);
        await _trader.ProtectedAsync(107.8m);
        Assert.Equal(
            HandedBack,
            _trader.Read(database => database.Orders())
                .Count(order => order is { State: OrderState.Abandoned, Reason: "WAITED_FOR_TURN" }));
        await _trader.FindNothingAgainAsync();
        Assert.Equal([1L, 2L, 303L], _trader.Venue.Adopted);
    }

    // The engine is killed when the move is handed back and the one that was decided then has not left.
    [Fact]
    public async Task Engine_that_is_killed_after_a_hand_back_finds_the_stop_where_it_was()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        int left = 1;
        _trader.Venue.HandsBack = () => left-- > 0;
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.OrderSequence == 4), "it is decided");
        await _trader.KillAndStartAsync();
        Assert.True(stop.IsOpen);
        await _trader.SettledAsync();
        Assert.Equal(98m, _trader.Engine.GetPortfolioStatus().Pair("BTC-USD").StopTrigger);
        await _trader.TickAsync(120m);
        await _trader.ProtectedAsync(117.6m);
        await _trader.FindNothingAgainAsync();
    }

    // The move is decided, sent and carried out, and what was written of it is lost with the process.
    private async Task MoveUnwrittenAsync(VenueBookOrder stop, decimal price, (decimal Trigger, decimal Limit) terms)
    {
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(price);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == terms.Trigger),
            "it is decided");
        await _trader.KillAsync();
        _trader.LoseSince();
        (stop.Trigger, stop.Limit, stop.IsOpen) = (terms.Trigger, terms.Limit, true);
        _trader.Start();
    }

    private async Task AssertStandsAsync(VenueBookOrder stop, decimal trigger)
    {
        await _trader.SettledAsync();
        Assert.Equal(trigger, _trader.Engine.GetPortfolioStatus().Pair("BTC-USD").StopTrigger);
        await _trader.FindNothingAgainAsync();
        _trader.Venue.Fill(stop, trigger);
        await Until.True(() => _trader.Held == 0m, "it sold");
        await Until.True(
            () => _trader.Read(database => database.Orders()).All(order => OrderTransitions.IsFinal(order.State)),
            "no order is left");
        await _trader.FindNothingAgainAsync();
    }
}
