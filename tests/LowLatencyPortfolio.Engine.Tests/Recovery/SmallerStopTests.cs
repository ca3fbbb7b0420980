using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>
/// A stop that was moved by a cancel and a new order rests for less than its row says, because the stop before it sold
/// a part while it was being cancelled; and the engine was killed before anybody could say so.
/// </summary>
public sealed class SmallerStopTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Stop_that_is_smaller_by_what_the_one_before_it_sold_is_taken_over_as_it_rests()
    {
        await MoveAndKillAsync(sold: 4m, rests: 6m);
        _trader.Start();
        Assert.Contains(
            _trader.Report.Lines, line => line is { OrderSequence: 3, Finding: ReconcileFinding.ReplacedMeanwhile });
        await _trader.ProtectedAsync(107.8m, held: 6m);
        Assert.Equal((6m, 6m), (RowOfStop().Quantity, _trader.Venue.Newest(OrderPurpose.Stop)!.Size));
        Assert.Single(_trader.Venue.Orders, order => order is { IsOpen: true, Purpose: OrderPurpose.Stop });
        await _trader.FindNothingAgainAsync();
        _trader.Venue.Fill(_trader.Venue.Newest(OrderPurpose.Stop)!, 107m);
        await Until.True(
            () => _trader.Held == 0m && RowOfStop().State == OrderState.Filled, "it sold all that it was for");
    }

    [Fact]
    public async Task Stop_that_rests_for_less_and_has_sold_already_is_filled()
    {
        await MoveAndKillAsync(sold: 4m, rests: 6m);
        _trader.Venue.Fill(_trader.Venue.Newest(OrderPurpose.Stop)!, 107m);
        _trader.Start();
        await Until.True(() => _trader.Held == 0m && RowOfStop().State == OrderState.Filled, "it sold");
        await _trader.FindNothingAgainAsync();
    }

    // The gateway compares the order with its row: what it cannot explain is an alarm.
    [Theory]
    [InlineData(0, 6)]      // nothing was sold
    [InlineData(4, 5)]      // less is missing than that
    [InlineData(4, 7)]      // more rests than was left
    [InlineData(4, 12)]
    public async Task Size_that_no_sale_explains_is_left_as_the_row_says(int sold, int rests)
    {
        await MoveAndKillAsync(sold, rests);
        _trader.Start();
        Assert.Equal(10m, RowOfStop().Quantity);
        Assert.DoesNotContain(
            _trader.Report.Lines, line => line is { OrderSequence: 3, Finding: ReconcileFinding.ReplacedMeanwhile });
    }

    [Fact]
    public async Task Other_prices_than_the_row_s_are_not_explained_by_a_sale()
    {
        await MoveAndKillAsync(sold: 4m, rests: 6m);
        _trader.Venue.Newest(OrderPurpose.Stop)!.Limit -= 1m;
        _trader.Start();
        Assert.Equal(10m, RowOfStop().Quantity);
    }

    // Ten are held under stop #2; #3 takes its place and is for ten in its row.
    private async Task MoveAndKillAsync(decimal sold, decimal rests)
    {
        _trader.Start();
        VenueBookOrder old = await _trader.HoldAsync();
        _trader.Venue.IsMute = true;
        await _trader.TickAsync(110m);
        await Until.True(() => _trader.Venue.Newest(OrderPurpose.Stop) is { Trigger: 107.8m }, "it is being moved");
        await Until.True(() => Rows().Any(row => row.OrderSequence == 3), "that is written down");
        await _trader.KillAsync();
        if (sold > 0m)
        {
            _trader.Venue.Fill(old, 98m, sold);
            old.IsOpen = false;
        }

        _trader.Venue.Newest(OrderPurpose.Stop)!.Size = rests;
    }

    private OrderRow RowOfStop() => Rows().Single(row => row.OrderSequence == 3);

    private IReadOnlyList<OrderRow> Rows() => _trader.Read(database => database.Orders());
}
