using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>
/// The report at the end of <c>llp run</c>: plain text, at most 120 columns, the same for the same run but for its
/// speed.
/// </summary>
internal static class RunReport
{
    /// <summary>What stands above every result that no strategy is responsible for.</summary>
    public const string ScriptedHeading = "scripted entries to show the mechanics; not a strategy";

    /// <summary>What stands above a result of the built-in signals.</summary>
    public const string SignalHeading = "entries confirmed by votes of RSI, MACD and VWAP; no promise of anything";

    /// <summary>Writes the report.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="input">The finished, or orderly stopped, run.</param>
    public static void Write(TextWriter to, ReportInput input)
    {
        string currency = input.Portfolio.QuoteCurrency;
        to.WriteLine(
            input.ScriptedEntries ? $"llp run: {ScriptedHeading}"
            : input.Result.Signals is null ? "llp run"
            : $"llp run: {SignalHeading}");
        to.WriteLine(input.DataSpan);
        to.WriteLine(input.Assumptions);
        WriteNotes(to, input);
        TradeTables.WriteClosed(to, input);
        TradeTables.WriteOpen(to, input);
        SignalReport.Write(to, input);
        RebalanceReport.Write(to, input);
        RefusalSection.Write(to, input);
        RiskSection.Write(to, input);
        WriteComparison(to, input.Comparison, currency);
        WriteSummary(to, input, currency);
        WriteRun(to, input);
    }

    private static void WriteNotes(TextWriter to, ReportInput input)
    {
        foreach (string note in input.Notes)
        {
            to.WriteLine($"Note: {note}");
        }
    }

    private static void WriteComparison(TextWriter to, StopComparison? comparison, string currency)
    {
        if (comparison is null)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine("Profit and loss of the same entries, fees included");
        TextTable table = new(string.Empty, ">at the end", ">at the low", "low at (UTC)");
        AddPath(table, "with stops", comparison.WithStops, currency);
        AddPath(table, "held without stops", comparison.WithoutStops, currency);
        table.Write(to);
        to.WriteLine("  Held without stops: every fill of an entry kept and marked at the last price, no exit fee.");
    }

    private static void AddPath(TextTable table, string name, ProfitPath path, string currency) =>
        table.Add(
            name,
            Money.Signed(path.Now, currency),
            Money.Signed(path.Low, currency),
            path.LowAtNs == 0 ? "never below 0" : UtcTime.Minute(path.LowAtNs));

    private static void WriteSummary(TextWriter to, ReportInput input, string currency)
    {
        PortfolioMetrics metrics = input.Result.Metrics;
        to.WriteLine();
        to.WriteLine("Portfolio");
        to.WriteLine($"  {SummaryLines.Capital(metrics, currency)}");
        to.WriteLine($"  {SummaryLines.Positions(metrics)}");
        to.WriteLine($"  {SummaryLines.Result(metrics, currency)}");
        to.WriteLine(Invariant(
            $"  Return: {Money.Percent(metrics.TotalReturnPct)} | Max drawdown: {metrics.MaxDrawdownPct:F2} %"));
        if (ModeLine.Text(input.Mode, input.ModeSinceNs, input.Result.Counters.BreakerTrips) is { } mode)
        {
            to.WriteLine($"  {mode}");
        }
    }

    private static void WriteRun(TextWriter to, ReportInput input)
    {
        ReplayResult result = input.Result;
        PipelineCounters counters = result.Counters;
        string mode = input.Topology.ToString().ToLowerInvariant();
        to.WriteLine();
        to.WriteLine(Invariant($"Orders {counters.Orders:N0} | Fills {counters.Fills:N0} | Exits {counters.Exits:N0}")
            + Invariant($" | Stops placed {counters.StopsPlaced:N0}, moved {counters.StopsReplaced:N0}")
            + Invariant($" | Ticks {counters.Ticks:N0}, refused {counters.TicksRejected:N0}"));
        to.WriteLine(Invariant($"{result.EventsFed:N0} ticks in {result.Elapsed.TotalSeconds:F3} s: ")
            + Invariant($"{ResultJson.TicksPerSecond(result):N0} ticks per second ({mode})"));
        to.WriteLine($"State hash {result.Hash}");
        to.WriteLine($"Database   {result.DatabasePath}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
