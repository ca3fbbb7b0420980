namespace LowLatencyPortfolio.Pipeline;

/// <summary>Which rows of history are alarms: something a person should know of when it happens.</summary>
public static class AlarmActions
{
    /// <summary>Whether what happened is an alarm.</summary>
    /// <param name="action">Of a row.</param>
    /// <returns>False for everything that belongs to ordinary trading.</returns>
    public static bool IsAlarm(this HistoryAction action) => action is HistoryAction.Halted
        or HistoryAction.JournalGap or HistoryAction.NakedAlarm or HistoryAction.ExternalOut
        or HistoryAction.ExitBlocked or HistoryAction.StopTaken or HistoryAction.CoinsContested
        or HistoryAction.StopsRefused or HistoryAction.EntriesHalted
        or HistoryAction.OutageBegan;

    /// <summary>Whether what happened tells that an alarm is over.</summary>
    /// <param name="action">Of a row.</param>
    /// <returns>False for alarms themselves and for everything that belongs to ordinary trading.</returns>
    public static bool EndsAlarm(this HistoryAction action) =>
        action is HistoryAction.EntriesAllowed or HistoryAction.OutageEnded;
}
