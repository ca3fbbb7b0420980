using System.Diagnostics;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The writer thread: commits groups, serves requests, tidies the log when idle, and decides what a failure means.
/// </summary>
internal sealed class JournalWriter
{
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMilliseconds(100);

    private readonly JournalOptions _options;
    private readonly WriterConnection _connection;
    private readonly ChangeTables _changes;
    private readonly CheckpointTables _checkpoints;
    private readonly ChangeQueue _queue;
    private readonly GroupCommit _group;
    private readonly Func<bool> _hasOtherWork;
    private readonly Thread _thread;
    private volatile JournalRequest? _request;
    private volatile bool _closing;
    private volatile bool _ended;
    private volatile JournalHealth _health;
    private volatile string? _fault;
    private long _closingSince;
    private long _retryAt;
    private int _abandonedIntents;
    private int _pageLimit;
    private int _newPageLimit;

    public JournalWriter(
        WriterConnection connection, ChangeTables changes, CheckpointTables checkpoints,
        ChangeQueue queue, AnswerBox answers, JournalOptions options)
    {
        _connection = connection;
        _changes = changes;
        _checkpoints = checkpoints;
        _queue = queue;
        _options = options;
        _group = new GroupCommit(connection, changes, checkpoints, queue, answers, options);
        _hasOtherWork = () => _request is not null || _closing;
        _thread = new Thread(Run) { IsBackground = true, Name = "llp journal" };
        _thread.Start();
    }

    /// <summary>Ok, Failed or FailedForGood; any thread.</summary>
    public JournalHealth Health => _health;

    /// <summary>What failed last, while it fails; any thread.</summary>
    public string? Fault => _fault;

    public long Transactions => _group.Transactions;

    public long Lost => _group.Lost;

    /// <summary>
    /// A full disk for tests: the database may have no more pages than this from the next transaction on.
    /// </summary>
    public void LimitPages(int pages) => Volatile.Write(ref _newPageLimit, pages);

    /// <summary>Hands a request over without waiting; <see cref="JournalRequest.Wait"/> waits. One at a time.</summary>
    public void Begin(JournalRequest request)
    {
        request.Renew();
        _request = request;
        _queue.WakeIfParked();
        if (_ended && Interlocked.Exchange(ref _request, null) is not null)
        {
            request.Fail(new JournalException("the journal is closed"));
        }
    }

    /// <summary>Commits what is queued, closes the connection and ends the thread.</summary>
    public void Close()
    {
        if (!_closing)
        {
            _closingSince = Stopwatch.GetTimestamp();
            _closing = true;
            _queue.WakeIfParked();
        }

        _thread.Join();
    }

    private void Run()
    {
        while (!_closing || !_queue.IsEmpty || _group.HoldsChanges)
        {
            try
            {
                Turn();
            }
            catch (Exception e)
            {
                // whatever it is, an unwritten journal must be told by Health and Complete, not by a dead process
                GiveUp(e.Message);
            }
        }

        _ended = true;
        Interlocked.Exchange(ref _request, null)?.Fail(new JournalException("the journal is closed"));
        _changes.Dispose();
        _checkpoints.Dispose();
        _connection.Dispose();
    }

    private void Turn()
    {
        _group.Collect(everything: _health != JournalHealth.Ok);
        long now = Stopwatch.GetTimestamp();
        if (_health == JournalHealth.FailedForGood)
        {
            _group.RefuseAll();
            FailRequest();
            _ = _queue.Park(IdleAfter, _hasOtherWork);
        }
        else if (_health == JournalHealth.Failed && now < _retryAt)
        {
            RefuseMeanwhile();
            _ = _queue.Park(Stopwatch.GetElapsedTime(now, _retryAt), static () => false);
        }
        else if (!WriteNext() && !ServeWork())
        {
            Rest();
        }
    }

    private bool WriteNext()
    {
        int count = _group.NextCount(_closing);
        CheckpointRequest? checkpoint = _group.TakesAll(count) ? _request as CheckpointRequest : null;
        if (count == 0 && checkpoint is null && _health == JournalHealth.Ok)
        {
            return false;
        }

        try
        {
            ApplyPageLimit();
            _group.Commit(count, checkpoint, RecoveredFrom());
        }
        catch (WriteFailedException e) when (e.CanPass)
        {
            Postpone(e.Message);
            return true;
        }

        _fault = null;
        _abandonedIntents = 0;
        _health = JournalHealth.Ok;
        _group.Settle(count);
        if (checkpoint is not null)
        {
            _request = null;
            checkpoint.Succeed();
        }

        _connection.TidyAfterCommit();
        return true;
    }

    private string? RecoveredFrom() => _fault is null
        ? null
        : $"commits failed: {_fault}; {_abandonedIntents} intents were answered as not durable";

    private bool ServeWork()
    {
        if (_group.HoldsChanges || _request is not WorkRequest request)
        {
            return false;
        }

        try
        {
            request.Work();
            _request = null;
            request.Succeed();
        }
        catch (Exception e)
        {
            _request = null;
            request.Fail(e);        // thrown to the asking thread
        }

        return true;
    }

    private void Rest()
    {
        if (!_queue.Park(IdleAfter, _hasOtherWork))
        {
            _connection.TidyWhenIdle();
            _ = _queue.Park(Timeout.InfiniteTimeSpan, _hasOtherWork);
        }
    }

    /// <summary>
    /// Out of room or locked: the batch is kept and tried again; entries that wait for it are abandoned now.
    /// </summary>
    private void Postpone(string fault)
    {
        if (_closing && Stopwatch.GetElapsedTime(_closingSince) > _options.CloseTimeout)
        {
            GiveUp(fault);
            return;
        }

        _connection.Rollback();
        _changes.RolledBack();
        _fault = fault;
        _health = JournalHealth.Failed;
        _retryAt = Stopwatch.GetTimestamp() + (long)(_options.RetryInterval.TotalSeconds * Stopwatch.Frequency);
        RefuseMeanwhile();
    }

    /// <summary>
    /// Nobody waits for a disk that is full: entries are abandoned, and a checkpoint says that it was not written.
    /// </summary>
    private void RefuseMeanwhile()
    {
        _abandonedIntents += _group.RefuseIntents();
        FailRequest();
    }

    /// <summary>An input/output error, or a fault of ours: nothing is written any more until a restart.</summary>
    private void GiveUp(string fault)
    {
        _fault = fault;
        _health = JournalHealth.FailedForGood;
        try
        {
            _connection.Rollback();
        }
        catch (WriteFailedException)
        {
            // The transaction was not committed; recovery at the next start removes what is left of it.
        }

        _group.RefuseAll();
        FailRequest();
    }

    private void FailRequest() => Interlocked.Exchange(ref _request, null)?.Fail(
        new JournalException($"the journal cannot write ({_fault}); free some space or check the disk"));

    private void ApplyPageLimit()
    {
        int limit = Volatile.Read(ref _newPageLimit);
        if (limit != _pageLimit)
        {
            _pageLimit = limit;
            _connection.LimitPages(limit);
        }
    }
}
