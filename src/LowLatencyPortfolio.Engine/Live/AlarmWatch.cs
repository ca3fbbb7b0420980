using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Hands alarms from the stages to whoever listens, on a thread of neither.</summary>
/// <remarks>
/// Thread: <see cref="Add"/> on the thread that runs Dispatch, which it never holds up; listeners are called on a
/// timer's. More alarms at once than there is room for are rows of history all the same. A listener that throws is not
/// told why: trading goes on.
/// </remarks>
internal sealed class AlarmWatch : IDisposable
{
    private const int Room = 1_024;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PairSetup[] _pairs;
    private readonly ISessionJournal _journal;
    private readonly Action<EngineAlarm> _tell;
    private readonly TimeProvider _time;
    private readonly Inbox<StateChange> _alarms = new(Room);
    private readonly Lock _telling = new();
    private readonly Timer _timer;
    private bool _isJournalBad;
    private volatile bool _ended;

    public AlarmWatch(PairSetup[] pairs, ISessionJournal journal, TimeProvider time, Action<EngineAlarm> tell)
    {
        (_pairs, _journal, _time, _tell) = (pairs, journal, time, tell);
        _timer = new Timer(_ => Drain(), null, Period, Period);
    }

    public void Add(StateChange row) => _ = _alarms.TryAdd(in row);

    /// <summary>Tells what an earlier session has left.</summary>
    public void Tell(StandingHalt halt, string database)
    {
        lock (_telling)
        {
            Tell(new EngineAlarm(
                HistoryAction.EntriesHalted, halt.ProductId, halt.SinceNs, IsOver: false,
                AlarmText.Of(halt, database)));
        }
    }

    /// <summary>
    /// Tells what still waits, then no more; after the stages have ended. A listener that does not come back, because
    /// it waits for this end itself perhaps, does not hold it up for long.
    /// </summary>
    public void Dispose()
    {
        _timer.Dispose();
        Thread last = new(TellLast) { Name = "llp alarms", IsBackground = true };
        last.Start();
        _ = last.Join(Patience);
        _ended = true;
    }

    private void TellLast()
    {
        lock (_telling)
        {
            DrainAll();
        }
    }

    private void Drain()
    {
        // A listener that takes longer than the period is not overtaken.
        if (!_telling.TryEnter())
        {
            return;
        }

        try
        {
            if (!_ended)
            {
                DrainAll();
            }
        }
        finally
        {
            _telling.Exit();
        }
    }

    private void DrainAll()
    {
        while (!_ended && _alarms.TryTake(out StateChange row))
        {
            PairSetup? pair = row.Product >= 0 ? _pairs[row.Product] : null;
            Tell(new EngineAlarm(
                row.Action, pair?.ProductId, row.TimeNs, IsOver: row.Action.EndsAlarm(),
                AlarmText.Of(in row, pair?.Product)));
        }

        bool isBad = _journal.Health >= JournalHealth.AtBound;
        if (isBad != _isJournalBad)
        {
            _isJournalBad = isBad;
            long nowNs = EngineLoop.NowNs(_time);
            Tell(new EngineAlarm(
                isBad ? HistoryAction.JournalGap : HistoryAction.JournalRecovered, null, nowNs, IsOver: !isBad,
                AlarmText.OfJournal(!isBad, nowNs)));
        }
    }

    private void Tell(EngineAlarm alarm)
    {
        try
        {
            _tell(alarm);
        }
        catch (Exception)
        {
            // Whoever listens has a fault of its own, a closed pipe for instance; stops go on being watched.
        }
    }
}
