using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Keeps positions, orders, history and checkpoints in an SQLite file: one channel in front, one thread behind it, one
/// connection that is the only writer and the only checkpointer.
/// </summary>
/// <remarks>
/// Thread: <see cref="Append"/> by one thread (Dispatch's); <see cref="TryTakeAnswer"/> by one thread; the calls that
/// wait by any thread, one after another; the properties by any thread. Allocation: <see cref="Append"/> and
/// <see cref="WriteCheckpoint"/> none in steady state. Order of calls: <see cref="Open"/>, then
/// <see cref="ResumeReplay"/> or <see cref="RaiseEpoch"/>, <see cref="Warm"/>, the run, <see cref="Complete"/>.
/// Durability: write-ahead log with synchronous=FULL; a durable answer survives loss of power.
/// </remarks>
public sealed class StateJournal : IStateSink, IDisposable
{
    private readonly InstanceLock _lock;
    private readonly JournalWriter _writer;
    private readonly RunStart _runStart;
    private readonly AnswerBox _answers = new();
    private readonly ChangeQueue _queue;
    private readonly GapGate _gate;
    private readonly CheckpointRequest _checkpoint = new();
    private readonly CheckpointRequest _reading = new() { IsRowsOnly = true };
    private readonly Lock _requests = new();
    private volatile bool _closed;

    private StateJournal(
        string path, InstanceLock instance, WriterConnection connection, StoredIdentity identity,
        JournalOptions options, PortfolioConfig portfolio, IReadOnlyList<PairSetup> pairs)
    {
        Path = path;
        EngineId = identity.EngineId;
        Epoch = identity.Epoch;
        LastOrderSequence = identity.LastOrderSequence;
        LastPositionId = identity.LastPositionId;
        _lock = instance;
        _queue = new ChangeQueue(options.LagLimit);
        _gate = new GapGate(options.MaxQueued);
        ChangeTables changes = new(connection.Handle, pairs.Select(pair => pair.Product));
        changes.ContinueAfter(identity.LastHistoryId);
        changes.NameOrders(identity.EngineId, identity.Epoch);
        CheckpointTables checkpoints = new(connection.Handle);
        _runStart = new RunStart(path, connection, changes, checkpoints, portfolio, pairs, options);
        _writer = new JournalWriter(connection, changes, checkpoints, _queue, _answers, options);
    }

    /// <summary>Absolute path of the database, links followed.</summary>
    public string Path { get; }

    /// <summary>Its part of each order id <c>llp-engineId-epoch-sequence</c>; stays with the database.</summary>
    public string EngineId { get; }

    /// <summary>
    /// Number of this live start, from 1; 0 before <see cref="RaiseEpoch"/> on a new database and in a replay.
    /// </summary>
    public long Epoch { get; private set; }

    /// <summary>
    /// Highest order number found when the database was opened; a live start numbers on from here. 0 without orders.
    /// </summary>
    public long LastOrderSequence { get; }

    /// <summary>Highest position number found when the database was opened; 0 without positions.</summary>
    public long LastPositionId { get; }

    /// <summary>
    /// Intents appended whose answer is not in the mailbox yet; raised before <see cref="Append"/> returns.
    /// </summary>
    public long Outstanding => _answers.Outstanding;

    /// <summary>Changes appended and not committed yet.</summary>
    public long Queued => _queue.Waiting;

    /// <summary>How long the oldest of them has waited, within a transaction's duration.</summary>
    public TimeSpan Lag => _queue.Lag;

    /// <summary>Changes that never entered the queue: it was full, or the journal had failed for good.</summary>
    public long Dropped => _gate.Dropped;

    /// <summary>Changes that were queued and never committed, because writing failed for good.</summary>
    public long Lost => _writer.Lost;

    /// <summary>Transactions committed since the database was opened.</summary>
    public long Transactions => _writer.Transactions;

    /// <summary>What the last commit failed of; null while commits work.</summary>
    public string? Fault => _writer.Fault;

    /// <summary>How well the journal keeps up; anything but Ok halts entries.</summary>
    public JournalHealth Health => _writer.Health != JournalHealth.Ok ? _writer.Health
        : _gate.IsShut || _queue.Waiting >= _gate.MaxQueued ? JournalHealth.AtBound
        : _queue.Lags ? JournalHealth.Lagging
        : JournalHealth.Ok;

    /// <summary>Opens a database, or makes one, and starts the writer.</summary>
    /// <param name="path">The file; its folder must exist. Beside it stand <c>.lock</c> and, while open, <c>-wal</c>
    /// and <c>-shm</c>.</param>
    /// <param name="options">How to open and write.</param>
    /// <param name="portfolio">Total capital and quote currency, which an existing database must agree with.</param>
    /// <param name="pairs">The run's pairs by index; <see cref="StateChange.Product"/> is that index.</param>
    /// <returns>The open journal.</returns>
    /// <exception cref="JournalException">
    /// The path cannot hold a database; another engine has it open; it is not a database, not ours, newer than this
    /// program or damaged; its capital or currency differs. The file is unchanged.
    /// </exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static StateJournal Open(
        string path, JournalOptions options, PortfolioConfig portfolio, IReadOnlyList<PairSetup> pairs)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxQueued, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchRows, 1);
        string engineId = EngineIds.Require(options.EngineId ?? EngineIds.Draw());
        string full = DatabasePath.Resolve(path);
        DatabasePath.RequireWritable(full);
        InstanceLock instance = InstanceLock.Take(full);
        WriterConnection? connection = null;
        try
        {
            DatabaseOpening.Prepare(full, engineId, options, portfolio, pairs);
            connection = WriterConnection.Open(full);
            return new StateJournal(
                full, instance, connection, StoredIdentity.Read(connection.Connection), options, portfolio, pairs);
        }
        catch
        {
            connection?.Dispose();
            instance.Dispose();
            throw;
        }
    }

    /// <summary>Begins a replay where the database stands (SPEC 14), in one transaction.</summary>
    /// <param name="fingerprint">Fingerprint of the input's content.</param>
    /// <param name="configuration">Fingerprint of all that shapes the result besides the input.</param>
    /// <param name="firstEventNs">Event time of the input's first market event, ns UTC.</param>
    /// <param name="initialState">The state to begin with on a fresh database; stored as checkpoint 0.</param>
    /// <param name="accept">Told where the replay would begin, on the writer's thread, before anything is changed. It
    /// can restore the state there: what it throws refuses the replay and reaches the caller. Null accepts.</param>
    /// <returns>
    /// Fresh: begin. Resumed: <c>positions</c>, <c>orders</c> and <c>portfolio</c> are those of the newest checkpoint,
    /// later <c>history</c> is gone; restore and skip. Continued: restore the finished run's state (then apply the
    /// configured capital) and play from the start.
    /// </returns>
    /// <exception cref="JournalException">
    /// This run is finished; another one is unfinished, or was begun with another configuration; the input begins
    /// before the database ends; the database holds live trading; or it cannot be written. Nothing was changed.
    /// </exception>
    public ReplayStart ResumeReplay(
        string fingerprint, string configuration, long firstEventNs, ReadOnlyMemory<byte> initialState,
        Action<ReplayStart>? accept = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(fingerprint);
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        ReplayStart? start = null;
        Do(() => start = _runStart.Replay(fingerprint, configuration, firstEventNs, initialState, accept));
        return start!;
    }

    /// <summary>
    /// Takes up a replay as its newest checkpoint left it, without going on with it: for an instruction between two
    /// runs.
    /// </summary>
    /// <param name="accept">As in <see cref="ResumeReplay"/>.</param>
    /// <returns>The checkpoint; write the next one at its position, finished or not as it was.</returns>
    /// <exception cref="JournalException">
    /// The database holds live trading or no checkpoint, or cannot be written. Nothing was changed.
    /// </exception>
    public CheckpointRow ReopenReplay(Action<CheckpointRow> accept)
    {
        CheckpointRow? reopened = null;
        Do(() => reopened = _runStart.Reopen(accept));
        return reopened!;
    }

    /// <summary>Begins a live start: no order id of an earlier start can come again once this has returned.</summary>
    /// <param name="venue">Where it trades, kept as <c>venue</c> in <see cref="PortfolioDatabase.Meta"/>; null when it
    /// is not said.</param>
    /// <param name="isAnew">Whether nothing of earlier starts is taken over: measured groups are forgotten.</param>
    /// <returns>The new epoch, from 1, committed.</returns>
    /// <exception cref="JournalException">
    /// The database holds a replay, or cannot be written. Nothing was changed.
    /// </exception>
    public long RaiseEpoch(string? venue = null, bool isAnew = false)
    {
        Do(() => Epoch = _runStart.RaiseEpoch(venue, isAnew));
        return Epoch;
    }

    /// <summary>
    /// Sends changes of nothing through while the writer is held, so that the channel has room for as many without
    /// allocating.
    /// </summary>
    /// <param name="changes">How many may wait without allocating, 1 to MaxQueued; rounded to the channel's next
    /// segment.</param>
    /// <remarks>
    /// Thread: the appending thread, before trading. Each costs the size of a <see cref="StateChange"/>, about 250
    /// bytes.
    /// </remarks>
    public void Warm(int changes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(changes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changes, _gate.MaxQueued);
        using (HoldWriter())
        {
            StateChange nothing = new() { EndOfEvent = true };
            for (int i = 0; i < changes; i++)
            {
                Append(nothing);
            }
        }

        _ = WaitUntilQueuedAtMost(0);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Never waits or throws. At the bound, and after writing failed for good, whole events are dropped and counted,
    /// their intents answered as not durable; when there is room again a <c>JOURNAL_GAP</c> row takes their place.
    /// </remarks>
    public void Append(in StateChange change)
    {
        if (change.WantsAnswer)
        {
            _answers.Expect();
        }

        if (_gate.Drops(change, _queue.Waiting, mayWrite: !_closed && _writer.Health != JournalHealth.FailedForGood))
        {
            if (change.WantsAnswer)
            {
                _answers.Put(
                    new IntentAnswer(change.Product, change.OrderSequence, Durable: false, change.MarketEvent));
            }

            return;
        }

        AppendGap();
        _queue.Append(change);
    }

    /// <summary>Takes the oldest answer to an intent.</summary>
    /// <param name="answer">The answer when true.</param>
    /// <returns>False when none is there.</returns>
    public bool TryTakeAnswer(out IntentAnswer answer) => _answers.TryTake(out answer);

    /// <summary>
    /// Waits until few enough changes are queued: how a replay, which has no entries to halt, keeps the bound.
    /// </summary>
    /// <param name="changes">Most that may wait for a commit on return, at least 0.</param>
    /// <returns>False when commits fail, so that waiting would not help.</returns>
    public bool WaitUntilQueuedAtMost(long changes)
    {
        SpinWait spin = default;
        while (_queue.Waiting > changes)
        {
            if (_writer.Health != JournalHealth.Ok)
            {
                return false;
            }

            spin.SpinOnce();
        }

        return true;
    }

    /// <summary>
    /// Commits the whole state behind everything queued, in one transaction with it, and returns after the commit.
    /// </summary>
    /// <param name="state">The state; read until return.</param>
    /// <param name="position">Where the input stands.</param>
    /// <param name="finished">Whether the run is over: it can then be continued with a later input, but not
    /// resumed.</param>
    /// <param name="rows">Makes what readers see, committed with it, on the writer's thread while this call waits: no
    /// garbage on the caller's. Null leaves what is stored.</param>
    /// <remarks>Thread: any, while nothing is being appended (at quiescence).</remarks>
    /// <exception cref="JournalException">
    /// The commit failed. An earlier checkpoint stands; queued changes are kept for a retry.
    /// </exception>
    public void WriteCheckpoint(
        ReadOnlyMemory<byte> state, ReplayPosition position, bool finished, Func<ReaderRows>? rows = null)
    {
        lock (_requests)
        {
            RequireOpen();
            _checkpoint.Rows = rows;
            _checkpoint.State = state;
            _checkpoint.Position = position;
            _checkpoint.Finished = finished;
            _writer.Begin(_checkpoint);
            _checkpoint.Wait();
        }
    }

    /// <summary>Commits what readers beside the engine see, behind everything queued.</summary>
    /// <param name="rows">Prices, correlations.</param>
    /// <remarks>Thread: any but those that trade: it waits for the disk.</remarks>
    /// <exception cref="JournalException">The commit failed; what is stored stands.</exception>
    public void WriteRows(ReaderRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (_requests)
        {
            RequireOpen();
            _reading.Rows = () => rows;
            _writer.Begin(_reading);
            _reading.Wait();
        }
    }

    /// <summary>
    /// Commits what is queued, empties the log into the database, closes it and releases the lock. Repeated: does
    /// nothing.
    /// </summary>
    /// <remarks>Thread: any, after the appending thread has stopped.</remarks>
    /// <exception cref="JournalException">
    /// Changes could not be committed, for good or within <see cref="JournalOptions.CloseTimeout"/>.
    /// </exception>
    public void Complete()
    {
        lock (_requests)
        {
            if (_closed)
            {
                return;
            }

            AppendGap();
            _closed = true;
            _writer.Close();
            _lock.Dispose();
            _queue.Dispose();
            _checkpoint.Dispose();
            _reading.Dispose();
        }

        if (_writer.Lost > 0 || _writer.Health == JournalHealth.FailedForGood)
        {
            throw new JournalException(
                $"{_writer.Lost} changes were not written to {Path} ({_writer.Fault}); "
                + "free some space or check the disk, then start again");
        }
    }

    /// <summary><see cref="Complete"/> without its exception.</summary>
    public void Dispose()
    {
        try
        {
            Complete();
        }
        catch (JournalException)
        {
            // Whoever needs to know calls Complete; Dispose runs while another exception is on its way.
        }
    }

    /// <summary>Keeps the writer from writing, on the calling thread, until what is returned is disposed.</summary>
    internal WriterHold HoldWriter() => new(Path, _writer, _requests);

    /// <summary>For tests: lets the database have no more pages than this, as a full disk would.</summary>
    internal void LimitPages(int pages) => _writer.LimitPages(pages);

    private void RequireOpen()
    {
        if (_closed)
        {
            throw new JournalException($"the journal of {Path} is closed");
        }
    }

    private void AppendGap()
    {
        if (_gate.TryTakeGap(out StateChange gap))
        {
            _queue.Append(gap);
        }
    }

    private void Do(Action work)
    {
        using WorkRequest request = new(Path, work);
        lock (_requests)
        {
            RequireOpen();
            _writer.Begin(request);
            request.Wait();
        }
    }
}
