using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// That a portfolio at a venue is to trade again, asked for while no engine ran: only an engine that has looked at the
/// venue may do it.
/// </summary>
internal static class StandingResume
{
    /// <summary>Looks into a database.</summary>
    /// <returns>
    /// What was asked and neither done since nor overtaken by another halt; null for nothing.
    /// </returns>
    /// <exception cref="JournalException">The database cannot be read.</exception>
    public static ControlAction? Read(PortfolioDatabase database)
    {
        long settled = Math.Max(Last(database, HistoryAction.Resumed), Last(database, HistoryAction.Halted));
        long asked = Last(database, HistoryAction.ResumeAsked);
        long rebased = Last(database, HistoryAction.ResumeRebasedAsked);
        return Math.Max(asked, rebased) <= settled ? null
            : rebased > asked ? ControlAction.ResumeRebased
            : ControlAction.Resume;
    }

    private static long Last(PortfolioDatabase database, HistoryAction action) =>
        database.LatestHistory(1, null, action) is [.., { } newest] ? newest.Id : 0;
}
