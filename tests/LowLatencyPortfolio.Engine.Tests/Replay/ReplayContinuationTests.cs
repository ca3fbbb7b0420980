using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>SPEC 14: a later input goes on with the portfolio that an earlier one left.</summary>
public sealed class ReplayContinuationTests
{
    private static readonly decimal[] Steady = [100m, 100m, 100m, 100m, 100m];

    [Fact]
    public void Continuation_refused_for_other_pairs_leaves_the_database_usable()
    {
        using ReplayMarket market = new();
        _ = ReplayMarket.Run(market.Request(1, Steady, enter: true));
        JournalException refused = Assert.Throws<JournalException>(
            () => ReplayMarket.Run(market.Request(2, Steady, enter: false, product: "ETH-USD")));
        Assert.Contains("BTC-USD", refused.Message, StringComparison.Ordinal);
        Assert.True(ReplayMarket.Run(market.Request(2, Steady, enter: false)).Finished);
    }

    [Fact]
    public void Continuation_refused_for_finer_units_says_what_to_do_and_leaves_the_database_usable()
    {
        using ReplayMarket market = new();
        _ = ReplayMarket.Run(market.Request(1, Steady, enter: true));
        JournalException refused = Assert.Throws<JournalException>(
            () => ReplayMarket.Run(market.Request(2, Steady, enter: false, priceIncrement: 0.000000001m)));
        Assert.Equal(
            "BTC-USD was traded in units of 10^-8, this input needs 10^-9: "
            + "list the product's priceIncrement in the configuration or give --db another file",
            refused.Message);
        Assert.True(ReplayMarket.Run(market.Request(2, Steady, enter: false)).Finished);
    }

    [Fact]
    public void Process_that_died_right_after_a_continuation_began_plays_all_of_it()
    {
        using ReplayMarket market = new();
        _ = ReplayMarket.Run(market.Request(1, Steady, enter: true));
        ReplayRequest second = market.Request(2, [101m, 102m, 103m, 104m, 105m, 106m, 107m], enter: false);
        ReplayIdentity identity = ReplayIdentity.Of(second);
        using (StateJournal journal = StateJournal.Open(
            market.Database, new JournalOptions { EngineId = identity.EngineId }, second.Portfolio, second.Pairs))
        {
            ReplayStart start = journal.ResumeReplay(
                identity.Input, identity.Configuration, second.Catalog.FirstTimeNs, default);
            Assert.Equal(ReplayStartKind.Continued, start.Kind);
        }

        ReplayResult result = ReplayMarket.Run(second);
        Assert.True(result.Finished);
        Assert.Equal(7, result.EventsFed);
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(200_000)]
    public void Other_capital_moves_the_loss_breaker_and_the_paper_cash_along(int capital)
    {
        using ReplayMarket market = new();
        _ = ReplayMarket.Run(market.Request(1, Steady, enter: true));
        decimal realized = market.PortfolioRow().Equity - 100_000m;
        ReplayRequest request = market.Request(2, Steady, enter: false) with
        {
            Portfolio = market.Portfolio with { TotalCapital = capital },
            Recapitalize = true,
        };
        ReplayResult result = ReplayMarket.Run(request);
        Assert.Equal(1, result.Metrics.ActivePositions);
        Assert.DoesNotContain(market.History(), row => row.Action == HistoryAction.Halted);
        PortfolioRow portfolio = market.PortfolioRow();
        Assert.Equal((TradingMode.Trading, (decimal)capital), (portfolio.Mode, portfolio.BreakerBase));
        Assert.Equal(capital + realized, portfolio.Equity);
        Assert.True(result.Metrics.MaxDrawdownPct < 1m, $"drawdown {result.Metrics.MaxDrawdownPct}");
    }

    [Theory]
    [InlineData(50_000)]
    [InlineData(200_000)]
    public void Paper_exchange_takes_another_starting_cash_as_a_deposit_or_a_withdrawal(int cash)
    {
        PairSetup[] pairs = ReplayMarket.Pairs("BTC-USD", 0.01m);
        CheckpointWriter writer = new(1 << 20);
        new PaperExchange(new PaperConfig(), pairs, 100_000m, [false]).WriteCheckpoint(writer);
        PaperExchange other = new(new PaperConfig(), pairs, cash, [false]);
        other.ReadCheckpoint(new CheckpointReader(writer.Written));
        Assert.Equal(cash, other.Ledger.Cash);
    }

    [Fact]
    public void Tighter_trail_moves_the_stop_at_the_first_tick()
    {
        using ReplayMarket market = new();
        _ = ReplayMarket.Run(market.Request(1, Steady, enter: true));
        Assert.DoesNotContain(market.History(), row => row.Action == HistoryAction.StopReplaced);
        ReplayRequest request = market.Request(2, [100m, 100m], enter: false);
        _ = ReplayMarket.Run(request with { Pairs = ReplayMarket.Pairs("BTC-USD", 0.01m, trail: 0.01m) });
        HistoryRow moved = Assert.Single(market.History(), row => row.Action == HistoryAction.StopReplaced);
        Assert.Equal((99.04m, request.Catalog.FirstTimeNs), (moved.Price, moved.TimestampNs));
    }

    [Fact]
    public void Entries_that_are_past_when_an_input_begins_are_counted_and_not_submitted()
    {
        using ReplayMarket market = new();
        ReplayRequest first = market.Request(1, Steady, enter: true);
        Assert.Equal(0, ReplayMarket.Run(first).EntriesPast);
        long last = first.Catalog.FirstTimeNs + (4 * EventTime.Second);
        ReplayRequest second = market.Request(2, [100m, 101m, 102m, 103m, 104m, 105m], enter: false);
        ScriptedCommand[] entries =
        [
            .. new[] { 0, last - 1, last, last + 1, second.Catalog.FirstTimeNs + EventTime.Second }
                .Select(time => new ScriptedCommand(time, 0, OrderType.Limit, 100_00000000, 10_0000_0000)),
        ];
        second = second with { Entries = entries, CheckpointInterval = 1 };
        using CancellationTokenSource stop = new();
        ReplayResult half = ReplayRunner.Run(
            second with { ProgressInterval = 2, Progress = (_, _) => stop.Cancel() }, stop.Token);
        Assert.Equal((false, 3), (half.Finished, half.EntriesPast));
        ReplayResult result = ReplayMarket.Run(second);
        Assert.Equal((true, 3, 0), (result.Finished, result.EntriesPast, result.EntriesAfterEnd));
        Assert.Equal(2, market.History().Count(row => row.TimestampNs > last
            && row.Action is HistoryAction.EntrySubmitted or HistoryAction.RiskRejected));
    }

    [Fact]
    public void Pair_played_from_trades_needs_a_fresh_price_also_beside_a_pair_played_from_bars()
    {
        using ReplayMarket market = new();
        ReplayRequest request = market.WithBars(
            "AAA-USD", "2024-01-01T12:00:00Z,100,100,100,100,1000\n2024-01-01T12:09:00Z,100,100,100,100,1000\n",
            "BBB-USD", "2024-01-01T12:00:00Z,100,1000\n2024-01-01T12:09:00Z,100,1000\n");
        long time = request.Catalog.FirstTimeNs + (300 * EventTime.Second);
        _ = ReplayMarket.Run(request with
        {
            Entries = [new(time, 0, OrderType.Market, 0, 0), new(time, 1, OrderType.Market, 0, 0)],
        });
        HistoryRow refused = Assert.Single(market.History(), row => row.Action == HistoryAction.RiskRejected);
        Assert.Equal(("BBB-USD", "PRICE_STALE"), (refused.ProductId, refused.Detail));
        HistoryRow submitted = Assert.Single(market.History(), row => row.Action == HistoryAction.EntrySubmitted);
        Assert.Equal(("AAA-USD", null), (submitted.ProductId, submitted.Price));
    }

    [Fact]
    public void Row_of_the_portfolio_is_what_the_run_came_to()
    {
        using ReplayMarket market = new();
        ReplayResult result = ReplayMarket.Run(market.Request(1, [100m, 101m, 102m, 103m, 95m, 95m, 94m], enter: true));
        PortfolioRow portfolio = market.PortfolioRow();
        Assert.NotEqual(0m, portfolio.Realized);
        Assert.Equal(
            (TradingMode.Trading, 100_000m, result.Metrics.Equity, result.Metrics.RealizedPnl),
            (portfolio.Mode, portfolio.BreakerBase, portfolio.Equity, portfolio.Realized));
    }

    [Fact]
    public void Fills_of_entries_say_whether_they_made_or_took_and_were_charged_that_rate()
    {
        using ReplayMarket market = new();
        ReplayRequest request = market.Request(1, [100m, 101m, 101m, 101m, 99.5m, 99.5m], enter: true);
        ScriptedCommand resting = new(
            request.Catalog.FirstTimeNs + EventTime.Second, 0, OrderType.Limit, 100_00000000, 10_0000_0000);
        _ = ReplayMarket.Run(request with { Entries = [.. request.Entries, resting] });
        HistoryRow[] fills = [.. market.History().Where(row => row.Action == HistoryAction.EntryFilled)];
        Assert.Equal(["TAKER", "MAKER"], fills.Select(row => row.Detail));
        Assert.Equal(
            [request.Paper.TakerFee, request.Paper.MakerFee], fills.Select(row => Math.Round(row.Fee / row.Value, 6)));
    }

    [Fact]
    public void Mode_changes_say_which_mode_or_that_the_breaker_tripped()
    {
        using ReplayMarket market = new()
        {
            Portfolio = new PortfolioConfig
            {
                TotalCapital = 100_000m, DailyLossPct = -0.1m, EmergencyLiquidationLossPct = -0.2m,
            },
        };
        ReplayRequest request = market.Request(1, [100m, 100m, 98m, 95m, 95m], enter: true);
        ReplayResult result = ReplayMarket.Run(
            request with { Pairs = ReplayMarket.Pairs("BTC-USD", 0.01m, trail: 0.2m) });
        Assert.Equal(
            ["REDUCE_ONLY", "LOSS_BREAKER"],
            market.History().Where(row => row.Action == HistoryAction.Halted).Select(row => row.Detail));
        PortfolioRow portfolio = market.PortfolioRow();
        Assert.Equal((TradingMode.Halted, 100_000m, result.Metrics.Equity),
            (portfolio.Mode, portfolio.BreakerBase, portfolio.Equity));
    }
}
