using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Tests.Report;

public sealed class DatabaseRowsTests
{
    // The row of the position keeps its trigger in any case; that of a closed trade is what it was sold by.
    [Theory]
    [InlineData(OrderState.Working, true)]
    [InlineData(OrderState.Triggered, true)]
    [InlineData(OrderState.CancelPending, true)]
    [InlineData(OrderState.Unknown, false)]
    [InlineData(OrderState.Cancelled, false)]
    public void An_open_position_shows_the_stop_that_works(OrderState state, bool isShown)
    {
        DatabaseRows rows = DatabaseRows.Of(
            ReportSamples.Positions, ReportSamples.History, [ReportSamples.Stop(state)]);
        Assert.Equal(
            [39_900m, isShown ? 0.09968m : null, 42_750m], rows.Trades.Select(trade => trade.LastStop));
    }
}
