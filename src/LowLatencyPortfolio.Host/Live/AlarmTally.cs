using System.Globalization;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>How many alarms of each kind a session had, for its report.</summary>
/// <remarks>Thread: any.</remarks>
internal sealed class AlarmTally
{
    private readonly Lock _counting = new();
    private readonly SortedDictionary<HistoryAction, int> _counts = [];

    /// <summary>Counts one; what tells that another is over is none.</summary>
    public void Add(EngineAlarm alarm)
    {
        lock (_counting)
        {
            if (!alarm.IsOver)
            {
                _counts[alarm.Action] = _counts.GetValueOrDefault(alarm.Action) + 1;
            }
        }
    }

    /// <summary>
    /// One line for all kinds, such as <c>alarms: NAKED_ALARM 2, EXIT_BLOCKED 1</c>; none without alarms.
    /// </summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_counting)
            {
                return _counts.Count == 0 ? [] : ["alarms: " + string.Join(", ", _counts.Select(Text))];
            }
        }
    }

    private static string Text(KeyValuePair<HistoryAction, int> count) =>
        string.Create(CultureInfo.InvariantCulture, $"{StoredNames.Of(count.Key)} {count.Value}");
}
