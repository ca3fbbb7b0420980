using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>SPEC 6 and 10: a stored mode is loosened only by an explicit resume.</summary>
public sealed class ReplayResumeTests
{
    private static readonly decimal[] Falling = [100m, 100m, 98m, 95m, 95m];
    private static readonly decimal[] Steady = [95m, 95m, 95m, 95m, 95m];

    [Fact]
    public void A_tripped_breaker_is_not_resumed_without_another_base()
    {
        using ReplayMarket market = Halted();
        PortfolioRow before = market.PortfolioRow();
        ResumeResult result = Resume(market, rebase: false);
        Assert.Equal((TradingMode.Halted, TradingMode.Halted), (result.Before, result.After));
        Assert.Equal((before.Equity, 100_000m, 99_800m), (result.Equity, result.BreakerBase, result.Floor));
        Assert.DoesNotContain(market.History(), row => row.Action == HistoryAction.Resumed);
        Assert.Equal(0, Submitted(market, day: 2));
    }

    [Fact]
    public void A_rebased_portfolio_buys_again_and_its_breaker_is_measured_from_the_new_base()
    {
        using ReplayMarket market = Halted();
        ResumeResult result = Resume(market, rebase: true);
        Assert.Equal((TradingMode.Halted, TradingMode.Trading), (result.Before, result.After));
        Assert.Equal(result.Equity, result.BreakerBase);
        HistoryRow resumed = market.History()[^1];
        Assert.Equal(HistoryAction.Resumed, resumed.Action);
        Assert.Equal(TradingMode.Trading, market.PortfolioRow().Mode);
        Assert.Equal(1, Submitted(market, day: 2));
        Assert.Equal(result.BreakerBase, market.PortfolioRow().BreakerBase);
    }

    [Fact]
    public void A_portfolio_that_only_reduces_is_resumed_as_it_is()
    {
        using ReplayMarket market = new() { Portfolio = Limits(emergency: -50m) };
        Run(market, 1, Falling);
        Assert.Equal(TradingMode.ReduceOnly, market.PortfolioRow().Mode);
        Assert.Equal(TradingMode.Trading, Resume(market, rebase: false).After);
        Run(market, 2, Steady);
        HistoryRow refused = market.History().Last(row => row.Action == HistoryAction.RiskRejected);
        Assert.Equal("POSITION_SIZE_ABOVE_LIMIT", refused.Detail);      // reviewed like any other, not turned away
        Assert.Equal(TradingMode.Trading, market.PortfolioRow().Mode);
    }

    [Fact]
    public void A_portfolio_that_trades_is_left_as_it_is()
    {
        using ReplayMarket market = new();
        Run(market, 1, Steady);
        string rows = ReplayScenario.Rows(market.Database);
        ResumeResult result = Resume(market, rebase: true);
        Assert.Equal((TradingMode.Trading, TradingMode.Trading), (result.Before, result.After));
        Assert.Equal(rows, ReplayScenario.Rows(market.Database));
    }

    [Fact]
    public void A_replay_whose_state_another_program_laid_out_is_refused_in_words_and_left_as_it_is()
    {
        using ReplayMarket market = Halted();
        Recovery.StoredLayout.Change(market.Database, "replay-2 0123456789abcdef");
        string rows = ReplayScenario.Rows(market.Database);
        JournalException refusal = Assert.Throws<JournalException>(() => Resume(market, rebase: true));
        Assert.StartsWith("the stored state cannot be taken back", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<JournalException>(() => Run(market, 2, Steady));
        Assert.Equal(rows, ReplayScenario.Rows(market.Database));
    }

    [Fact]
    public void A_replay_that_is_resumed_without_a_configuration_is_held_to_its_own_limits_and_keeps_them()
    {
        using ReplayMarket market = Halted();
        ResumeResult refused = PortfolioResume.Run(new ResumeRequest { DatabasePath = market.Database });
        Assert.Equal((TradingMode.Halted, 99_800m), (refused.After, refused.Floor));
        ResumeResult result = PortfolioResume.Run(new ResumeRequest { DatabasePath = market.Database, Rebase = true });
        Assert.Equal(TradingMode.Trading, result.After);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(market.Database);
        Assert.Equal(market.Portfolio, database.Limits().Portfolio);
    }

    [Fact]
    public void An_unfinished_run_goes_on_in_its_new_mode_with_the_same_command()
    {
        using ReplayMarket market = new() { Portfolio = Limits(emergency: -50m) };
        ReplayRequest request = market.Request(1, [.. Falling, .. Steady, .. Steady], enter: true) with
        {
            Pairs = ReplayMarket.Pairs("BTC-USD", 0.01m, trail: 0.2m), ProgressInterval = 6,
        };
        using CancellationTokenSource stop = new();
        Assert.False(ReplayRunner.Run(request with { Progress = (_, _) => stop.Cancel() }, stop.Token).Finished);
        Assert.Equal(TradingMode.ReduceOnly, market.PortfolioRow().Mode);
        Assert.Equal(TradingMode.Trading, Resume(market, rebase: false).After);
        ReplayResult result = ReplayMarket.Run(request);
        Assert.Equal((true, 15L), (result.Finished, result.EventsOfInput));
        Assert.Equal(TradingMode.Trading, market.PortfolioRow().Mode);
        Assert.Single(market.History(), row => row.Action == HistoryAction.Resumed);
    }

    [Fact]
    public void A_database_without_a_run_is_refused_in_words()
    {
        using ReplayMarket market = new();
        using (StateJournal journal = StateJournal.Open(
            market.Database, new JournalOptions(), market.Portfolio, ReplayMarket.Pairs("BTC-USD", 0.01m)))
        {
            journal.Complete();
        }

        JournalException refused = Assert.Throws<JournalException>(() => Resume(market, rebase: false));
        Assert.Contains("holds no run that has begun", refused.Message, StringComparison.Ordinal);
    }

    private static PortfolioConfig Limits(decimal emergency) =>
        new() { TotalCapital = 100_000m, DailyLossPct = -0.1m, EmergencyLiquidationLossPct = emergency };

    private static ReplayMarket Halted()
    {
        ReplayMarket market = new() { Portfolio = Limits(emergency: -0.2m) };
        Run(market, 1, Falling);
        Assert.Equal(TradingMode.Halted, market.PortfolioRow().Mode);
        return market;
    }

    private static void Run(ReplayMarket market, int day, decimal[] prices)
    {
        ReplayRequest request = market.Request(day, prices, enter: true);
        Assert.True(ReplayMarket.Run(
            request with { Pairs = ReplayMarket.Pairs("BTC-USD", 0.01m, trail: 0.2m) }).Finished);
    }

    // Entries that were sent in a later run.
    private static int Submitted(ReplayMarket market, int day)
    {
        long before = market.History()[^1].Id;
        Run(market, day, Steady);
        return market.History().Count(row => row.Id > before && row.Action == HistoryAction.EntrySubmitted);
    }

    private static ResumeResult Resume(ReplayMarket market, bool rebase) => PortfolioResume.Run(
        new ResumeRequest { DatabasePath = market.Database, Portfolio = market.Portfolio, Rebase = rebase });
}
