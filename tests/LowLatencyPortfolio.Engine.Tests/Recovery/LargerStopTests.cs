using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>
/// Two stops that were to become one by an edit of the first, when the engine was killed before it heard of it: the
/// first sells more than its row says.
/// </summary>
public sealed class LargerStopTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Theory]
    [InlineData(10)]    // all
    [InlineData(8)]     // more than the first was for
    [InlineData(6)]     // just that
    [InlineData(2)]
    public async Task What_a_stop_sold_that_was_made_larger_unheard_is_booked_once(int sold)
    {
        VenueBookOrder stop = await MergeAndKillAsync();
        _trader.Venue.Fill(stop, 107m, sold);
        _trader.Start();
        ReconcileFinding[] found =
            [.. _trader.Report.Lines.Where(line => line.OrderSequence == 4).Select(line => line.Finding)];
        Assert.Equal([ReconcileFinding.FilledMeanwhile, ReconcileFinding.ReplacedMeanwhile], found.Order());
        await EndsBookedAsync(stop, 10m - sold);
    }

    // A part was sold and booked before that under the old size.
    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    public async Task What_it_had_sold_before_is_not_booked_again(int sold)
    {
        _trader.Start();
        VenueBookOrder stop = await HoldInTwoAsync();
        _trader.Venue.Fill(stop, 98m, 2m);
        await Until.True(() => _trader.Held == 8m, "the part is booked");
        await _trader.TickAsync(110m);
        await KillMergedAsync(stop, held: 8m);
        _trader.Venue.Fill(stop, 107m, sold - 2m);
        _trader.Start();
        await EndsBookedAsync(stop, 10m - sold);
    }

    private async Task<VenueBookOrder> MergeAndKillAsync()
    {
        _trader.Start();
        VenueBookOrder stop = await HoldInTwoAsync();
        await KillMergedAsync(stop, held: 10m);
        return stop;
    }

    // Ten are held under stop #2 of 6 and stop #3 of 4.
    private async Task<VenueBookOrder> HoldInTwoAsync()
    {
        VenueBookOrder entry = await _trader.EnterAsync();
        _trader.Venue.Fill(entry, 100m, 6m);
        VenueBookOrder stop = await _trader.ProtectedAsync(98m, held: 6m);
        _trader.Venue.Fill(entry, 100m);
        await Until.True(
            () => Rows().Count(row => row is { Purpose: OrderPurpose.Stop, State: OrderState.Working }) == 2,
            "two stops rest, and that is written down");
        return stop;
    }

    // They become one at the venue, and the engine hears of nothing.
    private async Task KillMergedAsync(VenueBookOrder stop, decimal held)
    {
        _trader.Venue.IsMute = true;
        _trader.Venue.Loses = purpose => purpose == OrderPurpose.Stop;
        await _trader.TickAsync(110m);
        await Until.True(() => Rows().Any(row => row.Trigger == 107.8m && row.Quantity == held), "it is decided");
        await _trader.KillAsync();
        _trader.Venue.Cancel(_trader.Venue.Newest(OrderPurpose.Stop)!);
        (stop.Trigger, stop.Limit, stop.Size, stop.IsOpen) = (107.8m, 105.64m, stop.Filled + held, true);
    }

    private async Task EndsBookedAsync(VenueBookOrder stop, decimal left)
    {
        await Until.True(() => _trader.Held == left, "what it sold is booked");
        await _trader.SettledAsync();
        if (left > 0m)
        {
            _trader.Venue.Fill(stop, 107m);
            await Until.True(() => _trader.Held == 0m, "it sold the rest");
        }

        await Until.True(() => Rows().All(row => OrderTransitions.IsFinal(row.State)), "no order is left");
        Assert.Equal(10m, Rows().Where(row => row.Side == OrderSide.Sell).Sum(row => row.FilledQuantity));
        await _trader.FindNothingAgainAsync();
    }

    private IReadOnlyList<OrderRow> Rows() => _trader.Read(database => database.Orders());
}
