using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>What equity is measured against outlives a crash: a crash is no new day, and no new portfolio.</summary>
public sealed class EquityBasesTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Day_goes_on_from_its_first_equity_and_the_drawdown_from_its_highest()
    {
        _trader.Start();
        _trader.Venue.Fill(await _trader.HoldAsync(), 98m);
        await Until.True(() => _trader.Held == 0m, "the position is closed at a loss");
        await StoredAsync(row => row.Bases.MaxDrawdownPct > 0m);
        EquityBases before = Newest().Bases;
        Assert.Equal(100_000m, before.DayFirst);
        await _trader.KillAndStartAsync();
        await _trader.TickAsync(98m);
        Assert.True(Newest().Equity < 100_000m);
        Assert.Equal(before, Newest().Bases);
    }

    [Fact]
    public async Task Losses_before_and_after_a_crash_reach_the_daily_limit_together()
    {
        // 10 bought at 100 and sold at 98 lose 20 and fees: one such trade is below 0.04 % of the capital, two are not.
        _trader.Limits = portfolio => portfolio with { DailyLossPct = -0.04m };
        _trader.Start();
        _trader.Venue.Fill(await _trader.HoldAsync(), 98m);
        await Until.True(() => _trader.Held == 0m, "the first position is closed");
        Assert.Equal(TradingMode.Trading, _trader.Engine.GetPortfolioStatus().Mode);
        await StoredAsync(row => row.Bases.MaxDrawdownPct > 0m);
        await _trader.KillAndStartAsync();
        await _trader.UntilApprovedAsync();
        _trader.Venue.Fill(await _trader.AtVenueAsync(OrderPurpose.Entry), 100m);
        _trader.Venue.Fill(await _trader.ProtectedAsync(98m), 98m);
        await Until.True(
            () => _trader.Engine.GetPortfolioStatus().Mode == TradingMode.ReduceOnly, "the daily limit is reached");
    }

    [Fact]
    public async Task Position_is_valued_at_the_price_it_had_and_not_at_its_cost()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await _trader.TickAsync(110m);
        await _trader.ProtectedAsync(107.8m);
        await Until.True(
            () => _trader.Read(database => database.Marks()) is [{ Price: 110m }], "the price is written down");
        decimal before = Newest().Equity;
        await _trader.KillAndStartAsync();
        Assert.Equal(before, Newest().Equity);
    }

    [Fact]
    public async Task Price_from_before_the_position_was_opened_does_not_value_it()
    {
        _trader.Start();
        await _trader.HoldAsync();
        await Until.True(() => _trader.Read(database => database.Marks()).Count == 1, "the price is written down");
        await _trader.KillAsync();
        using (SqliteConnection connection = new($"Data Source={_trader.Path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE marks SET price = '5', known_at = 1";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        _trader.Start();
        Assert.InRange(Newest().Equity, 99_999m, 100_000m);     // at cost, less a fee of 0.1
    }

    [Fact]
    public async Task New_base_of_the_loss_limit_outlives_a_crash()
    {
        _trader.Start();
        _trader.Venue.Fill(await _trader.HoldAsync(), 98m);
        await Until.True(() => _trader.Held == 0m, "the position is closed at a loss");
        await Until.Done(_trader.Engine.Engine.ControlAsync(ControlAction.Halt));
        await Until.Done(_trader.Engine.Engine.ControlAsync(ControlAction.ResumeRebased));
        decimal rebased = Newest().Equity;
        await Until.True(
            () => _trader.Read(database => database.Portfolio()).BreakerBase == rebased, "the base is written down");
        await _trader.KillAndStartAsync();
        await _trader.TickAsync(98m);
        Assert.Equal(rebased, Newest().BreakerBase);
    }

    private PortfolioFigures Newest()
    {
        PortfolioBoard board = _trader.Engine.Engine.Board;
        PortfolioSnapshot snapshot = board.NewSnapshot();
        board.Read(snapshot);
        return snapshot.Portfolio;
    }

    private Task StoredAsync(Func<EquityRow, bool> isSo) => Until.True(
        () => _trader.Read(database => database.Equity()) is { } row && isSo(row), "equity's bases are written down");
}
