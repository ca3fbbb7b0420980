using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// The one producer of a replay: it publishes market events, timers, paper reports, intent answers and scripted entries
/// in one total order, and closes each before the next, so that a repeat is exact.
/// </summary>
/// <remarks>
/// Thread: one. Allocation: none per event. Source: SPEC 2 and 13. What is due between two ticks (a timer, a paper
/// arrival, an entry) is closed like a market event of its own: what it released is at the exchange before the next
/// tick is matched.
/// </remarks>
internal sealed class ReplayFeeder
{
    private readonly TradingPipeline _pipeline;
    private readonly PaperExchange _paper;
    private readonly StateJournal _journal;
    private readonly IMarketFeed _feed;
    private readonly IReadOnlyList<ScriptedCommand> _entries;
    private readonly ReplaySignals? _signals;
    private readonly ReplayRebalances? _rebalances;
    private readonly List<IntentAnswer> _answers = new(256);

    // Made with the feeder, not at its first use in the middle of trading.
    private readonly Comparison<IntentAnswer> _bySequence = static (left, right) =>
        left.OrderSequence.CompareTo(right.OrderSequence);
    private TradingEvent _command;
    private long _nextTimerNs;
    private int _nextEntry;
    private long _number;

    public ReplayFeeder(
        TradingPipeline pipeline, PaperExchange paper, StateJournal journal, IMarketFeed feed,
        IReadOnlyList<ScriptedCommand> entries, ReplaySignals? signals = null, ReplayRebalances? rebalances = null)
    {
        _pipeline = pipeline;
        _paper = paper;
        _journal = journal;
        _feed = feed;
        _entries = entries;
        _signals = signals;
        _rebalances = rebalances;
    }

    /// <summary>Market events of this input so far.</summary>
    public long Events { get; private set; }

    /// <summary>Time of the newest market event, ns UTC.</summary>
    public long LastEventNs { get; private set; }

    /// <summary>Scripted entries whose time has not come.</summary>
    public int EntriesLeft => _entries.Count - _nextEntry;

    /// <summary>Scripted entries whose time was past when this input began; they are not submitted.</summary>
    public int EntriesPast { get; private set; }

    /// <summary>Plays the next market event and all that is due before it.</summary>
    /// <returns>False at the end of the data, where nothing was done.</returns>
    public bool Step()
    {
        if (!_feed.TryRead(out MarketTick tick))
        {
            return false;
        }

        if (_nextTimerNs == 0)
        {
            _nextTimerNs = ((tick.TimeNs + EventTime.Second - 1) / EventTime.Second) * EventTime.Second;
        }

        _number++;
        PlayDue(tick.TimeNs);
        _paper.Match(in tick);
        PublishReports();
        _pipeline.PublishTick(tick.Product, tick.TimeNs, tick.TimeNs, tick.Price, tick.Quantity, tick.TradeKey);
        Close(tick.TimeNs);
        Events++;
        LastEventNs = tick.TimeNs;
        return true;
    }

    /// <summary>At the end of the data: entries of its last moment still follow its last market event.</summary>
    public void PlayLastEntries() => PlayDue(LastEventNs + 1, withTimers: false);

    /// <summary>An instruction about the portfolio, right after the newest market event.</summary>
    public void Instruct(ControlAction action)
    {
        Begin(EventKind.Control, -1, LastEventNs);
        _command.Action = action;
        _pipeline.Publish(in _command);
        Close(LastEventNs);
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("feeder-2");
        writer.Write(_nextTimerNs);
        writer.Write(_nextEntry);
        writer.Write(EntriesPast);
        writer.Write(_number);
        writer.Write(Events);
        writer.Write(LastEventNs);
    }

    /// <summary>Takes back a state of <see cref="Save"/>.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="sameInput">False when another input follows: its timers, entries and events begin anew.</param>
    public void Restore(CheckpointReader reader, bool sameInput)
    {
        reader.Section("feeder-2");
        _nextTimerNs = reader.ReadInt64();
        _nextEntry = reader.ReadInt32();
        EntriesPast = reader.ReadInt32();
        _number = reader.ReadInt64();
        Events = reader.ReadInt64();
        LastEventNs = reader.ReadInt64();
        if (!sameInput)
        {
            // What the portfolio lived through before this input cannot be bought into any more.
            _nextTimerNs = 0;
            EntriesPast = _entries.TakeWhile(entry => entry.TimeNs <= LastEventNs).Count();
            _nextEntry = EntriesPast;
            Events = 0;
        }
    }

    // At equal times: due reports, timer, market events, entries. An entry of the tick's own time therefore comes after
    // the tick.
    private void PlayDue(long untilNs, bool withTimers = true)
    {
        while (true)
        {
            long reportNs = _paper.NextDueNs;
            long timerNs = withTimers ? _nextTimerNs : long.MaxValue;
            long entryNs = _nextEntry < _entries.Count ? _entries[_nextEntry].TimeNs : long.MaxValue;
            long dueNs = Math.Min(reportNs, Math.Min(timerNs, entryNs));
            if (dueNs > untilNs || (dueNs == untilNs && reportNs != dueNs && timerNs != dueNs))
            {
                return;
            }

            if (reportNs == dueNs)
            {
                _ = _paper.Deliver(dueNs);
                PublishReports();
            }
            else if (timerNs == dueNs)
            {
                PublishCommand(EventKind.Timer, -1, dueNs);
                _nextTimerNs += EventTime.Second;
            }
            else
            {
                PublishEntry(_entries[_nextEntry++], source: 0);
            }

            Close(dueNs);
        }
    }

    // Quiescence, then all mailboxes into the ring, until nothing moved. Everything is taken before anything is
    // published: from the first publication on the stages run and put new things into the mailboxes, which belong to
    // the next round.
    private void Close(long nowNs)
    {
        bool moved;
        do
        {
            WaitUntilQuiet();
            _ = _paper.TakeInbox();
            TakeAnswers();
            moved = _pipeline.DrainOutbox() > 0;
            if (_paper.NextDueNs <= nowNs)
            {
                _ = _paper.Deliver(nowNs);
                moved |= PublishReports();
            }

            moved |= PublishAnswers(nowNs);
        }
        while (moved || PublishSignals(nowNs) || PublishRebalances(nowNs));
    }

    // When all else has come to rest: signals see the portfolio as the candle's close leaves it. The gate learns which
    // pairs move together before it looks at the entries of the same close.
    private bool PublishSignals(long nowNs)
    {
        if (_signals is null || !_signals.Judge(nowNs))
        {
            return false;
        }

        foreach (GroupChange change in _signals.Groups)
        {
            Begin(EventKind.GroupsChanged, change.Pair, nowNs);
            _command.Quantity = change.To;
            _pipeline.Publish(in _command);
        }

        _signals.Groups.Clear();
        foreach (ScriptedCommand entry in _signals.Entries)
        {
            PublishEntry(in entry, ReplaySignals.Source);
        }

        _signals.Entries.Clear();
        return true;
    }

    // After the signals of the same moment, when their entries have come to rest too.
    private bool PublishRebalances(long nowNs)
    {
        if (_rebalances is null || !_rebalances.Judge(nowNs))
        {
            return false;
        }

        foreach (RebalanceOrder order in _rebalances.Orders)
        {
            Begin(EventKind.Control, order.Product, nowNs);
            _command.Action = order.Action;
            _command.Count = (ushort)order.Kind;
            _command.Side = order.Side;
            _command.OrderType = OrderType.Limit;
            _command.Price = order.Limit;
            _command.Quantity = order.Quantity;
            _pipeline.Publish(in _command);
        }

        _rebalances.Orders.Clear();
        return true;
    }

    private void WaitUntilQuiet()
    {
        _pipeline.WaitUntilHandled();
        if (_journal.Outstanding == 0)
        {
            return;
        }

        SpinWait spin = default;
        while (_journal.Outstanding > 0)
        {
            spin.SpinOnce();
        }
    }

    private bool PublishReports()
    {
        ReadOnlySpan<TradingEvent> reports = _paper.Reports;
        if (reports.IsEmpty)
        {
            return false;
        }

        foreach (ref readonly TradingEvent report in reports)
        {
            _command = report;
            _command.MarketEvent = _number;
            _pipeline.Publish(in _command);
        }

        _paper.ClearReports();
        return true;
    }

    private void TakeAnswers()
    {
        while (_journal.TryTakeAnswer(out IntentAnswer answer))
        {
            _answers.Add(answer);
        }

        _answers.Sort(_bySequence);
    }

    private bool PublishAnswers(long nowNs)
    {
        if (_answers.Count == 0)
        {
            return false;
        }

        foreach (IntentAnswer answer in _answers)
        {
            Begin(answer.Durable ? EventKind.IntentDurable : EventKind.IntentFailed, answer.Product, nowNs);
            _command.OrderSequence = answer.OrderSequence;
            _pipeline.Publish(in _command);
        }

        _answers.Clear();
        return true;
    }

    private void PublishEntry(in ScriptedCommand entry, int source)
    {
        Begin(EventKind.EntryCommand, entry.Product, entry.TimeNs);
        _command.Side = OrderSide.Buy;
        _command.OrderType = entry.Type;
        _command.Price = entry.Price;
        _command.Quantity = entry.Quantity;
        _command.Source = source;
        _pipeline.Publish(in _command);
    }

    private void PublishCommand(EventKind kind, int product, long timeNs)
    {
        Begin(kind, product, timeNs);
        _pipeline.Publish(in _command);
    }

    private void Begin(EventKind kind, int product, long timeNs)
    {
        _command = default;
        _command.Kind = kind;
        _command.Product = product;
        _command.Count = 1;
        _command.ReceivedAtNs = timeNs;
        _command.MarketEvent = _number;
    }
}
