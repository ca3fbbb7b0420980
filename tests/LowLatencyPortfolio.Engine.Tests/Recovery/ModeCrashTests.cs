using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recovery;

/// <summary>What a mode forbids is forbidden after a crash too, and what it leaves armed stays so.</summary>
public sealed class ModeCrashTests : IAsyncDisposable
{
    private readonly Trader _trader = new();

    public ValueTask DisposeAsync() => _trader.DisposeAsync();

    [Fact]
    public async Task Loss_limit_sells_everything_after_a_halt_by_hand_and_a_crash()
    {
        _trader.Limits = Tight;
        _trader.Start();
        await _trader.HoldAsync();
        await Until.Done(_trader.Engine.Engine.ControlAsync(ControlAction.Halt));
        await HaltedAsync();
        await _trader.KillAndStartAsync();
        Assert.Equal(TradingMode.Halted, _trader.Engine.GetPortfolioStatus().Mode);
        await _trader.TickAsync(98.5m);
        await SoldAsync();
        await Until.True(() => Halts().SequenceEqual(["HALTED", "LOSS_BREAKER"]), "history says what sold");
    }

    [Fact]
    public async Task Fault_of_a_stage_disarms_no_loss_limit_and_leaves_no_entry_at_work()
    {
        _trader.Limits = Tight;
        _trader.Start();
        await _trader.HoldAsync();
        await Until.Done(
            _trader.Engine.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD", limit: 99m, quantity: 3m)]));
        await Until.True(() => _trader.Venue.Newest(OrderPurpose.Entry) is { Size: 3m }, "the entry is at the venue");
        VenueBookOrder entry = _trader.Venue.Newest(OrderPurpose.Entry)!;
        await _trader.SettledAsync();
        await FaultAsync(price: 110m);
        _trader.Start();
        await Until.True(() => !entry.IsOpen, "the entry is cancelled");
        await Until.True(
            () => _trader.Read(database => database.Orders())
                .Count(order => order is { Side: OrderSide.Buy, State: OrderState.Cancelled }) == 1,
            "its end is written down");
        await _trader.TickAsync(115m);
        await _trader.ProtectedAsync(98m);
        await _trader.TickAsync(98.5m);
        await SoldAsync();
        Assert.DoesNotContain(
            _trader.Read(database => database.History()), row => row.Action == HistoryAction.RiskRejected);
    }

    [Fact]
    public async Task Liquidation_at_the_loss_limit_goes_on_after_a_stage_failed_in_it()
    {
        _trader.Limits = Tight;
        _trader.Start();
        await _trader.HoldAsync();
        await FaultAsync(price: 98.5m);
        Assert.Equal(["LOSS_BREAKER", "HALTED"], Halts());
        _trader.Start();
        await _trader.TickAsync(100m);      // above the limit again: it is not the limit that sells now
        await SoldAsync();
    }

    private static PortfolioConfig Tight(PortfolioConfig portfolio) =>
        portfolio with { EmergencyLiquidationLossPct = -0.01m, DailyLossPct = -0.005m };

    // The next order that leaves does not get through: Dispatch throws, the pipeline ends, and says that it has.
    private async Task FaultAsync(decimal price)
    {
        _trader.Venue.Loses = _ => throw new InvalidOperationException("gateway broke");
        _ = await Record.ExceptionAsync(() => _trader.TickAsync(price));      // told of it, unless it came first
        await Until.Done(_trader.Engine.Engine.Completion);
        await _trader.KillAsync();
        await HaltedAsync();
    }

    private Task HaltedAsync() => Until.True(
        () => _trader.Read(database => database.Portfolio()).Mode == TradingMode.Halted, "the mode is written down");

    private async Task SoldAsync()
    {
        VenueBookOrder exit = await _trader.AtVenueAsync(OrderPurpose.Exit);
        Assert.Equal(10m, exit.Size);
        _trader.Venue.Fill(exit, 98m);
        await Until.True(() => _trader.Held == 0m, "all is sold");
        await _trader.SettledAsync();
    }

    private IEnumerable<string?> Halts() => _trader.Read(database => database.History())
        .Where(row => row.Action == HistoryAction.Halted)
        .Select(row => row.Detail);
}
