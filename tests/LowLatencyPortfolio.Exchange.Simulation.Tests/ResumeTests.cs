using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>A portfolio at the venue that was halted trades again when somebody asks for it between two starts.</summary>
public sealed class ResumeTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_halted_portfolio_stays_halted_until_a_start_after_somebody_has_resumed_it(bool isRebased)
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await first.BuyAsync(2m);
        await first.CoveredAsync(2m);
        _ = await first.LiquidateAllAsync();
        await first.FlatAsync();
        await first.StopAsync();
        TraderSetup again = new() { Folder = first.Folder };
        await using (Trader second = await Trader.StartAsync(exchange, again, first.Products[0]))
        {
            Assert.Equal(TradingMode.Halted, second.Status.Mode);
            Assert.Equal(RiskVerdict.TradingModeForbids, (await second.EnterAsync(1m)).Verdict);
            await second.StopAsync();
        }

        ResumeRequest request = new() { DatabasePath = first.DatabasePath, Rebase = isRebased };
        ResumeResult asked = PortfolioResume.Run(request);
        Assert.True(asked.IsLeftToNextStart);
        Assert.Equal((TradingMode.Halted, TradingMode.Halted), (asked.Before, asked.After));
        await using (Trader third = await Trader.StartAsync(exchange, again, first.Products[0]))
        {
            await third.UntilAsync(() => third.Status.Mode == TradingMode.Trading, "it trades again");
            await third.BuyAsync(1m);
            await third.CoveredAsync(1m);
            await Truth.HoldsAsync(third);
            _ = await third.LiquidateAllAsync();
            await third.FlatAsync();
            await third.StopAsync();
        }

        await using Trader fourth = await Trader.StartAsync(exchange, again, first.Products[0]);
        Assert.Equal(TradingMode.Halted, fourth.Status.Mode);       // what was asked once is done once
    }
}
