using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Stores how a start rebalances, as rows of <c>meta</c>: a database of any version has that table, and whoever does
/// not know these keys passes over them.
/// </summary>
internal static class RebalanceSettings
{
    private const string Method = "rebalance_method";
    private const string Orders = "rebalance_orders";
    private const string IntervalMinutes = "rebalance_interval_minutes";
    private const string CooldownIntervals = "rebalance_cooldown_intervals";
    private const string ThresholdPct = "rebalance_threshold_pct";
    private const string CalendarHours = "rebalance_calendar_hours";
    private const string TotalWeightPct = "rebalance_total_weight_pct";
    private const string RiskAversion = "rebalance_risk_aversion";
    private const string HorizonDays = "rebalance_horizon_days";
    private const string SlippageBps = "rebalance_slippage_bps";
    private const string On = "on";
    private const string Off = "off";

    /// <summary>Inside the caller's transaction.</summary>
    /// <param name="connection">Of the writer.</param>
    /// <param name="settings">Null leaves what is stored.</param>
    public static void Store(SqliteConnection connection, RebalanceRow? settings)
    {
        if (settings is null)
        {
            return;
        }

        RebalanceStrategy strategy = settings.Strategy;
        DatabaseCreation.WriteMeta(connection, Method, Encoding.UTF8.GetString(StoredText.Of(strategy.Method)));
        DatabaseCreation.WriteMeta(connection, Orders, settings.Orders ? On : Off);
        DatabaseCreation.WriteMeta(connection, IntervalMinutes, Text(settings.IntervalMinutes));
        DatabaseCreation.WriteMeta(connection, CooldownIntervals, Text(settings.CooldownIntervals));
        DatabaseCreation.WriteMeta(connection, ThresholdPct, Text(strategy.ThresholdPct));
        DatabaseCreation.WriteMeta(connection, CalendarHours, Text(strategy.CalendarHours));
        DatabaseCreation.WriteMeta(connection, TotalWeightPct, Text(strategy.TotalWeightPct));
        DatabaseCreation.WriteMeta(connection, RiskAversion, Text(strategy.RiskAversion));
        DatabaseCreation.WriteMeta(connection, HorizonDays, Text(strategy.HorizonDays));
        DatabaseCreation.WriteMeta(connection, SlippageBps, Text(strategy.SlippageBps));
    }

    /// <summary>What the newest start stored.</summary>
    /// <returns>Null where none did.</returns>
    /// <exception cref="JournalException">The rows were written by something else.</exception>
    public static RebalanceRow? Of(IReadOnlyDictionary<string, string> meta) =>
        !meta.TryGetValue(Method, out string? method) ? null : new RebalanceRow(
            StrategyOf(meta, StoredText.Parse<RebalanceMethod>(method)), ValueOf(meta, Orders) == On,
            Number(ValueOf(meta, IntervalMinutes)), Number(ValueOf(meta, CooldownIntervals)))
        {
            HasStrategy = meta.ContainsKey(RiskAversion),
        };

    private static RebalanceStrategy StrategyOf(IReadOnlyDictionary<string, string> meta, RebalanceMethod method) =>
        !meta.ContainsKey(RiskAversion) ? new RebalanceStrategy { Method = method } : new RebalanceStrategy
        {
            Method = method,
            ThresholdPct = OptionalAmount(ValueOf(meta, ThresholdPct)),
            CalendarHours = Number(ValueOf(meta, CalendarHours)),
            TotalWeightPct = OptionalAmount(ValueOf(meta, TotalWeightPct)),
            RiskAversion = Amount(ValueOf(meta, RiskAversion)),
            HorizonDays = Number(ValueOf(meta, HorizonDays)),
            SlippageBps = Amount(ValueOf(meta, SlippageBps)),
        };

    // Empty where nothing was given.
    private static string Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;

    private static string ValueOf(IReadOnlyDictionary<string, string> meta, string key) =>
        meta.GetValueOrDefault(key, string.Empty);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw NoNumber(text);

    private static decimal? OptionalAmount(string text) => text.Length == 0 ? null : Amount(text);

    private static decimal Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
            ? amount
            : throw NoNumber(text);

    private static JournalException NoNumber(string text) =>
        new($"\"{text}\" in the database is not a number; the row was written by something else");
}
