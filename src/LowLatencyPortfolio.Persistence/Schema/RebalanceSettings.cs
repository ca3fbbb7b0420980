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

        DatabaseCreation.WriteMeta(connection, Method, Encoding.UTF8.GetString(StoredText.Of(settings.Method)));
        DatabaseCreation.WriteMeta(connection, Orders, settings.Orders ? On : Off);
        DatabaseCreation.WriteMeta(connection, IntervalMinutes, Text(settings.IntervalMinutes));
        DatabaseCreation.WriteMeta(connection, CooldownIntervals, Text(settings.CooldownIntervals));
    }

    /// <summary>What the newest start stored.</summary>
    /// <returns>Null where none did.</returns>
    /// <exception cref="JournalException">The rows were written by something else.</exception>
    public static RebalanceRow? Of(IReadOnlyDictionary<string, string> meta) =>
        !meta.TryGetValue(Method, out string? method) ? null : new RebalanceRow(
            StoredText.Parse<RebalanceMethod>(method), ValueOf(meta, Orders) == On,
            Number(ValueOf(meta, IntervalMinutes)), Number(ValueOf(meta, CooldownIntervals)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ValueOf(IReadOnlyDictionary<string, string> meta, string key) =>
        meta.GetValueOrDefault(key, string.Empty);

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new JournalException(
                $"\"{text}\" in the database is not a number; the row was written by something else");
}
