using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Entries that an earlier session has halted for a person to look at, and that nobody resumed.</summary>
/// <param name="ProductId">The pair it is about; null for none.</param>
/// <param name="OrderSequence">The order; null without one.</param>
/// <param name="Cause">The first of its causes.</param>
/// <param name="SinceNs">Since when, ns UTC.</param>
internal sealed record StandingHalt(string? ProductId, long? OrderSequence, HaltCause Cause, long SinceNs)
{
    /// <summary>Looks into a database; a key that is refused ends by itself and is none.</summary>
    /// <returns>Null when entries may be taken.</returns>
    /// <exception cref="JournalException">The database cannot be read.</exception>
    public static StandingHalt? Read(PortfolioDatabase database)
    {
        long resumed = Rows(database, HistoryAction.EntriesAllowed).LastOrDefault()?.Id ?? 0;
        return Rows(database, HistoryAction.EntriesHalted).FirstOrDefault(row => row.Id > resumed) is { } row
            ? new StandingHalt(
                row.ProductId, row.OrderSequence,
                StoredNames.Parse<HaltCause>(row.Detail ?? StoredNames.Of(HaltCause.None)), row.TimestampNs)
            : null;
    }

    private static IEnumerable<HistoryRow> Rows(PortfolioDatabase database, HistoryAction action)
    {
        string ofKey = StoredNames.Of(HaltCause.KeyRefused);
        return database.LatestHistory(int.MaxValue, null, action).Where(row => row.Detail != ofKey);
    }
}
