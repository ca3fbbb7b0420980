using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The channel between Dispatch and the writer, with its count, its wake-up and the age of what waits in it.
/// </summary>
/// <remarks>
/// The appending thread and the writer's thread, one each. Allocation: none once the channel's segments are large
/// enough.
/// <para>
/// Only <c>TryWrite</c>, <c>TryRead</c> and <c>TryPeek</c> of the channel are used; the writer parks on an event of its
/// own. Waiting on the channel would wake the reader through the thread pool, and several waiting and completing paths
/// of .NET 10 channels have open bugs.
/// </para>
/// </remarks>
internal sealed class ChangeQueue(TimeSpan lagLimit) : IDisposable
{
    private readonly Channel<StateChange> _channel = Channel.CreateUnbounded<StateChange>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations =
            false });

    private readonly ManualResetEventSlim _wake = new(initialState: false);
    private readonly long _lagLimitTicks = (long)(lagLimit.TotalSeconds * Stopwatch.Frequency);
    private long _appended;         // written by the appending thread
    private long _committed;        // written by the writer
    // the change whose age is being watched, and when it was appended; by the appending thread
    private long _markCount;
    private long _markTicks;
    private long _batchTicks;       // when the writer began the batch in hand, 0 without one
    private int _parked;

    /// <summary>Changes appended and not committed yet; any thread.</summary>
    public long Waiting => Volatile.Read(ref _appended) - Volatile.Read(ref _committed);

    /// <summary>
    /// Whether the oldest uncommitted change is older than the limit; any thread, within a batch's duration.
    /// </summary>
    public bool Lags => LagTicks > _lagLimitTicks;

    /// <summary>How old the oldest uncommitted change is; any thread, within a batch's duration.</summary>
    public TimeSpan Lag => Stopwatch.GetElapsedTime(0, LagTicks);

    private long LagTicks
    {
        get
        {
            long now = Stopwatch.GetTimestamp();
            long batch = Volatile.Read(ref _batchTicks);
            bool marked = Volatile.Read(ref _committed) < Volatile.Read(ref _markCount);
            long ofBatch = batch == 0 ? 0 : now - batch;
            long ofMark = marked ? now - Volatile.Read(ref _markTicks) : 0;
            return Math.Max(Math.Max(ofBatch, ofMark), 0);      // either may have begun after the clock was read
        }
    }

    public void Append(in StateChange change)
    {
        long appended = _appended + 1;
        Volatile.Write(ref _appended, appended);
        if (Volatile.Read(ref _committed) >= _markCount)
        {
            // One clock reading a commit, not one a change.
            Volatile.Write(ref _markTicks, Stopwatch.GetTimestamp());
            Volatile.Write(ref _markCount, appended);
        }

        _ = _channel.Writer.TryWrite(change);    // unbounded and never completed: cannot fail
        if (change.EndOfEvent)
        {
            WakeIfParked();
        }
    }

    public bool TryRead([MaybeNullWhen(false)] out StateChange change) => _channel.Reader.TryRead(out change);

    public bool TryPeek([MaybeNullWhen(false)] out StateChange change) => _channel.Reader.TryPeek(out change);

    public bool IsEmpty => !_channel.Reader.TryPeek(out _);

    /// <summary>The writer has changes in hand since now, or (false) none.</summary>
    public void HoldsBatch(bool holds) => Volatile.Write(ref _batchTicks, holds ? Stopwatch.GetTimestamp() : 0);

    /// <summary>These many of the oldest changes need not be waited for any more: committed, or given up.</summary>
    public void Settle(int changes) => Volatile.Write(ref _committed, _committed + changes);

    /// <summary>
    /// Parks the writer until something is appended, <see cref="WakeIfParked"/> is called or the time is over.
    /// </summary>
    /// <param name="limit">Most to wait, rounded up to milliseconds: a limit below one is no spinning, and one that is
    /// over no endless wait. <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</param>
    /// <param name="hasOtherWork">Whether there is something to do besides what is queued.</param>
    /// <returns>False when the time is over.</returns>
    public bool Park(TimeSpan limit, Func<bool> hasOtherWork)
    {
        int limitMs = limit == Timeout.InfiniteTimeSpan
            ? Timeout.Infinite
            : (int)Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 0, int.MaxValue);
        _wake.Reset();
        Volatile.Write(ref _parked, 1);
        Interlocked.MemoryBarrier();    // pairs with the one in WakeIfParked: one of the two sides sees the other
        bool woken = !IsEmpty || hasOtherWork() || _wake.Wait(limitMs);
        Volatile.Write(ref _parked, 0);
        return woken;
    }

    public void WakeIfParked()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) != 0 && Interlocked.Exchange(ref _parked, 0) != 0)
        {
            _wake.Set();
        }
    }

    public void Dispose() => _wake.Dispose();
}
