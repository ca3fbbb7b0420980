using System.Diagnostics;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>What was taken from the queue, and how it becomes transactions.</summary>
/// <remarks>
/// Thread: the writer's. A transaction ends at the end of an event: when the queue is empty,
/// <see cref="JournalOptions.BatchRows"/> are reached or it is <see cref="JournalOptions.BatchAge"/> old; and rather at
/// the end of a closure than inside one, as long as more of the closure is already queued. (An intent's commit
/// necessarily falls inside its closure: the closure waits for the answer.) A change stays here until its commit has
/// succeeded, so a failed transaction is repeated from here.
/// </remarks>
internal sealed class GroupCommit(
    WriterConnection connection, ChangeTables changes, CheckpointTables checkpoints,
    ChangeQueue queue, AnswerBox answers, JournalOptions options)
{
    private readonly PendingChanges _pending = new();
    private readonly int _mostRows = (int)Math.Min(int.MaxValue, options.BatchRows * 4L);
    private long _transactions;
    private long _lost;
    private long _newestTimeNs;
    private long _newestMarketEvent;

    public bool HoldsChanges => _pending.Count > 0;

    /// <summary>Transactions committed; any thread.</summary>
    public long Transactions => Volatile.Read(ref _transactions);

    /// <summary>Changes given up because writing failed for good; any thread.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <summary>
    /// Takes changes from the queue until it is empty or, unless everything is wanted, a transaction is full.
    /// </summary>
    public void Collect(bool everything)
    {
        long startedAt = 0;
        while (queue.TryRead(out StateChange change))
        {
            if (startedAt == 0)
            {
                startedAt = Stopwatch.GetTimestamp();
                queue.HoldsBatch(true);
            }

            _pending.Add(change);
            if (change.EndOfEvent && !everything && IsFull(change, startedAt))
            {
                return;
            }
        }
    }

    /// <summary>How many changes the next transaction takes; 0 when no event is complete.</summary>
    /// <param name="closing">The appending thread has stopped: if it did so inside an event, what there is of it is
    /// taken.</param>
    public int NextCount(bool closing)
    {
        int count = _pending.NextTransaction(options.BatchRows, _mostRows);
        return count == 0 && closing && queue.IsEmpty ? _pending.Count : count;
    }

    /// <summary>Whether a transaction of this many changes takes all that was appended so far.</summary>
    public bool TakesAll(int count) => count == _pending.Count && queue.IsEmpty;

    /// <summary>
    /// Writes the oldest changes in one transaction, with the checkpoint and the note of a recovery if there are any.
    /// </summary>
    /// <param name="count">From <see cref="NextCount"/>.</param>
    /// <param name="checkpoint">Null without one; it may be of rows for readers only.</param>
    /// <param name="recoveredFrom">What the commits before this one failed of; null when they did not.</param>
    /// <exception cref="WriteFailedException">SQLite refused; nothing of it is committed.</exception>
    public void Commit(int count, CheckpointRequest? checkpoint, string? recoveredFrom)
    {
        if (checkpoint is null && recoveredFrom is null && !HoldsRows(count))
        {
            return;
        }

        connection.Begin();
        for (int i = 0; i < count; i++)
        {
            changes.Write(_pending[i]);
        }

        RememberNewest(count);
        if (recoveredFrom is not null)
        {
            changes.WriteNote(
                new StateChange
                {
                    Action = HistoryAction.JournalRecovered,
                    TimeNs = _newestTimeNs,
                    MarketEvent = _newestMarketEvent,
                },
                recoveredFrom);
        }

        bool hasState = checkpoint is { IsRowsOnly: false };
        if (hasState)
        {
            checkpoints.Write(checkpoint!.State.Span, checkpoint.Position, checkpoint.Finished, changes);
        }

        if (checkpoint?.Rows?.Invoke() is { } rows)
        {
            checkpoints.Valuation.Write(rows);
            checkpoints.Correlations.Write(rows.Correlations);
            checkpoints.Models.Write(rows.Models);
        }

        connection.Commit();
        changes.Committed(hasState);
        Volatile.Write(ref _transactions, _transactions + 1);
    }

    /// <summary>After a commit: answers its intents and forgets its changes.</summary>
    public void Settle(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = Answer(ref _pending[i], durable: true);
        }

        Forget(count);
    }

    /// <summary>
    /// Answers every intent in hand with "not durable" and keeps the changes; an intent is answered once.
    /// </summary>
    /// <returns>How many were answered.</returns>
    public int RefuseIntents()
    {
        int refused = 0;
        for (int i = 0; i < _pending.Count; i++)
        {
            refused += Answer(ref _pending[i], durable: false) ? 1 : 0;
        }

        return refused;
    }

    /// <summary>Gives up everything in hand.</summary>
    public void RefuseAll()
    {
        _ = RefuseIntents();
        Volatile.Write(ref _lost, _lost + _pending.Count);
        Forget(_pending.Count);
    }

    private bool IsFull(in StateChange newest, long startedAt)
    {
        int count = _pending.Count;
        if (count >= options.BatchRows)
        {
            bool closureGoesOn = queue.TryPeek(out StateChange next) && next.MarketEvent == newest.MarketEvent;
            return count >= _mostRows || !closureGoesOn;
        }

        return count % 64 == 0 && Stopwatch.GetElapsedTime(startedAt) > options.BatchAge;
    }

    private bool HoldsRows(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (_pending[i].Kind != StateChangeKind.None)
            {
                return true;
            }
        }

        return false;
    }

    private void RememberNewest(int count)
    {
        if (count > 0)
        {
            _newestTimeNs = _pending[count - 1].TimeNs;
            _newestMarketEvent = _pending[count - 1].MarketEvent;
        }
    }

    private bool Answer(ref StateChange change, bool durable)
    {
        if (!change.WantsAnswer)
        {
            return false;
        }

        change.WantsAnswer = false;     // a batch that is tried again must not answer twice
        answers.Put(new IntentAnswer(change.Product, change.OrderSequence, durable, change.MarketEvent));
        return true;
    }

    private void Forget(int count)
    {
        _pending.RemoveOldest(count);
        queue.Settle(count);
        queue.HoldsBatch(_pending.Count > 0);
    }
}
