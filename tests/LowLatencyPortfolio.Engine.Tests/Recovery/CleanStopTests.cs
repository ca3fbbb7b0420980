using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>Stops in order while the venue has something to say.</summary>
public sealed class CleanStopTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Session_that_left_nothing_in_doubt_is_continued_without_a_look()
    {
        _trader.Start();
        await _trader.HoldAsync();
        Assert.False(await _trader.StopAsync());
        _trader.Start();
        Assert.Null(_trader.Engine.Engine.Reconciliation);
        Assert.Equal(0, _trader.Venue.Looks);
        Assert.Equal(10m, _trader.Held);
    }

    [Fact]
    public async Task Session_that_left_something_in_doubt_is_compared_with_the_venue_by_the_next_start()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(
            () => _trader.Read(database => database.Orders()).Any(order => order.Trigger == 107.8m), "it is decided");
        _trader.Venue.IsInDoubt = true;
        Assert.True(await _trader.StopAsync());
        _trader.Venue.IsInDoubt = false;
        _trader.Venue.Loses = _ => false;
        (stop.Trigger, stop.Limit) = (107.8m, 105.64m);
        _trader.Start();
        Assert.Equal([ReconcileFinding.ReplacedMeanwhile], _trader.Report.Lines.Select(line => line.Finding));
        await _trader.SettledAsync();
        Assert.Equal(107.8m, _trader.Engine.GetPortfolioStatus().Pair("BTC-USD").StopTrigger);
        Assert.False(await _trader.StopAsync());
        _trader.Start();
        Assert.Null(_trader.Engine.Engine.Reconciliation);
    }

    // Who tells of it begins with "good", and never says so.
    [Theory]
    [InlineData(HealthFlag.ClockSkew, -1)]
    [InlineData(HealthFlag.FeedDown, -1)]
    [InlineData(HealthFlag.FeedDown, 0)]
    public async Task What_was_bad_when_a_session_stopped_refuses_nothing_in_the_next(HealthFlag flag, int product)
    {
        _trader.Start();
        _trader.Engine.Engine.PublishFeedState(product, flag, isBad: true);
        Assert.NotEqual(RiskVerdict.Approved, await _trader.AskAsync());
        Assert.False(await _trader.StopAsync());
        _trader.Start();
        await _trader.HoldAsync();
    }

    [Theory]
    [InlineData("engine-2 0123456789abcdef")]
    [InlineData("engine-1")]
    public async Task State_of_another_layout_is_set_aside_and_rows_and_venue_tell_how_to_go_on(string layout)
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        Assert.False(await _trader.StopAsync());
        StoredLayout.Change(_trader.Path, layout);
        _trader.Venue.Fill(stop, 97m, quantity: 4m);
        _trader.Start();
        Assert.Equal(
            [ReconcileFinding.StateSetAside, ReconcileFinding.FilledMeanwhile],
            _trader.Report.Lines.Select(line => line.Finding));
        Assert.Equal(
            "the state that the last session stored is laid out by another version of this program; it is set aside, "
            + "rows and venue tell how to go on",
            _trader.Report.Lines[0].Text);
        await Until.True(() => _trader.Held == 6m, "what the stop sold is booked");
        await _trader.ProtectedAsync(98m, held: 6m);
        Assert.Single(_trader.Read(database => database.History()), row => row.Detail == "STATE_SET_ASIDE");
        await _trader.FindNothingAgainAsync();
        Assert.False(await _trader.StopAsync());
        _trader.Start();
        Assert.Null(_trader.Engine.Engine.Reconciliation);
    }

    [Fact]
    public async Task State_of_another_layout_without_an_order_is_no_more_than_a_beginning()
    {
        _trader.Start();
        Assert.False(await _trader.StopAsync());
        StoredLayout.Change(_trader.Path, "engine-1");
        _trader.Start();
        Assert.Null(_trader.Engine.Engine.Reconciliation);
        await _trader.HoldAsync();
    }

    [Fact]
    public async Task What_the_venue_tells_while_the_state_is_stored_is_booked_before_the_end()
    {
        _trader.Start();
        VenueBookOrder stop = await _trader.HoldAsync();
        _trader.Venue.OnSave = () =>
        {
            if (stop.IsOpen)
            {
                _trader.Venue.Fill(stop, 97m);
            }
        };
        Assert.False(await _trader.StopAsync());
        PositionRow position = Assert.Single(_trader.Read(database => database.Positions()));
        Assert.Equal((0m, 10m), (position.Quantity, position.SoldQuantity));
        _trader.Start();
        Assert.Null(_trader.Engine.Engine.Reconciliation);
        Assert.Equal(0m, _trader.Held);
    }
}
