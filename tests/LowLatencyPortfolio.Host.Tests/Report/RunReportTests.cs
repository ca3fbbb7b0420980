using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Tests.Report;

public sealed class RunReportTests
{
    [Fact]
    public void The_report_of_known_rows_is_this_text() => Assert.Equal(
        """
        llp run: scripted entries to show the mechanics; not a strategy
        2 products, 2023-12-08 00:00 to 2023-12-11 11:59 UTC, 10,077 rows
        1m bars as 4 ticks, inner order assumed | Fills: next tick, whole | Fees: maker 0.6 %, taker 1.2 % | Slippage: 5 bp
        Note: DOGE-USD: increments taken from its data

        Closed trades (USD, times UTC)
          Pair    Opened         Entry  Highest Last stop     Exit Closed      Reason       Ratchets   Gross   Fees     Net
          BTC-USD 12-08 00:05 40000.00 42000.00  39900.00 39900.00 12-09 10:00 stop                3  -10.00  95.88 -105.88
          BTC-USD 12-10 18:05 40500.00 45000.00  42750.00 42750.00 12-11 02:13 loss breaker        7 +225.00  99.90 +125.10
          Sum                                                                                     10 +215.00 195.78  +19.22

        Open positions (USD, times UTC), marked at the last price
          Pair      Opened         Entry  Highest     Stop  Last price     Held  Ratchets    Gross   Fees     Net
          DOGE-USD  12-08 00:05  0.09709  0.10493  0.09968     0.10035  41186.1        13  +134.20  47.99  +86.21

        Entries refused by the risk gate, by the first limit they broke
          Count  Limit                            Configured                     Pairs
              2  position size above limit        maxPositionSizePct 5           BTC-USD ×2
              1  correlated exposure above limit  maxCorrelatedExposurePct 16.5  DOGE-USD

        Profit and loss of the same entries, fees included
                              at the end  at the low  low at (UTC)
          with stops            -$105.88    -$105.88  2023-12-09 10:00
          held without stops    +$142.00  -$1,048.00  2023-12-11 02:13
          Held without stops: every fill of an entry kept and marked at the last price, no exit fee.

        Portfolio
          Total: $100,000 | Deployed: $3,999 | Available: $95,972
          Active Positions: 1 | Closed: 2 | Win Rate: 50%
          Equity: $100,105.50 | Realized: -$28.77 | Unrealized: +$134.27 | Fees: $243.77
          Return: +0.11 % | Max drawdown: 0.46 %

        Orders 30 | Fills 5 | Exits 2 | Stops placed 3, moved 23 | Ticks 201,436, refused 2
        201,436 ticks in 0.250 s: 805,744 ticks per second (inline)
        State hash 0123456789abcdef
        Database   /data/llp.db

        """,
        Text(ReportSamples.Input()));

    [Fact]
    public void No_line_is_wider_than_120_columns() =>
        Assert.All(Text(ReportSamples.Input()).Split('\n'), line => Assert.True(line.Length <= 120, line));

    [Fact]
    public void A_run_in_which_nothing_happened_says_so()
    {
        string text = Text(ReportSamples.Input() with
        {
            ScriptedEntries = false, Trades = [], Refusals = [], Comparison = null, Notes = [],
        });
        Assert.StartsWith("llp run\n", text, StringComparison.Ordinal);
        Assert.Contains("Closed trades (USD, times UTC): none\n", text, StringComparison.Ordinal);
        Assert.Contains("marked at the last price: none\n", text, StringComparison.Ordinal);
        Assert.Contains("refused by the risk gate: none\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("without stops", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TradingMode.Halted, 1,
        "HALTED since 2023-12-09 10:00 UTC (loss breaker tripped once); entries are refused until a resume")]
    [InlineData(TradingMode.Halted, 2,
        "HALTED since 2023-12-09 10:00 UTC (loss breaker tripped 2 times); entries are refused until a resume")]
    [InlineData(
        TradingMode.ReduceOnly, 0, "REDUCE_ONLY since 2023-12-09 10:00 UTC; entries are refused until a resume")]
    [InlineData(TradingMode.Trading, 1, "TRADING since 2023-12-09 10:00 UTC (loss breaker tripped once)")]
    public void A_run_that_did_not_end_in_undisturbed_trading_says_so(TradingMode mode, int trips, string expected)
    {
        ReportInput input = ReportSamples.Input();
        string text = Text(input with
        {
            Mode = mode,
            ModeSinceNs = ReportSamples.At("2023-12-09T10:00:30Z"),
            Result = input.Result with { Counters = input.Result.Counters with { BreakerTrips = trips } },
        });
        Assert.Contains($"\n  Mode: {expected}\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void Without_closed_trades_there_is_no_win_rate()
    {
        PortfolioMetrics metrics = ReportSamples.Result.Metrics with { ClosedPositions = 0, WinRatePct = null };
        string text = Text(ReportSamples.Input() with { Result = ReportSamples.Result with { Metrics = metrics } });
        Assert.Contains("Active Positions: 1 | Closed: 0 | Win Rate: n/a\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_currency_stands_behind_its_amount()
    {
        ReportInput input = ReportSamples.Input();
        string text = Text(input with { Portfolio = input.Portfolio with { QuoteCurrency = "EUR" } });
        Assert.Contains(
            "Total: 100,000 EUR | Deployed: 3,999 EUR | Available: 95,972 EUR\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('$', text);
    }

    private static string Text(ReportInput input)
    {
        using StringWriter writer = new() { NewLine = "\n" };
        RunReport.Write(writer, input);
        return writer.ToString();
    }
}
