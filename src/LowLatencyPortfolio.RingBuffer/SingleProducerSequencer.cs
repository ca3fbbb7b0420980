using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>
/// Sequences for one publishing thread: a claim is an addition and a compare, a publish is one write.
/// </summary>
/// <remarks>
/// Claiming and publishing belong to one thread; it is not checked. <see cref="Cursor"/>, the capacity members and the
/// gating members may be used by any thread. Nothing here allocates after construction but the gating and barrier
/// members.
/// </remarks>
public sealed class SingleProducerSequencer : ISequencer
{
    private readonly Sequence _cursor = new();
    private readonly GatingSet _gating = new();
    private readonly IWaitStrategy _waitStrategy;
    private readonly bool _signals;
    private readonly int _bufferSize;
    private ClaimState _state;

    /// <summary>Makes a sequencer whose consumers block while they wait.</summary>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    public SingleProducerSequencer(int bufferSize)
        : this(bufferSize, Dsl.SequencerFactory.DefaultWaitStrategy())
    {
    }

    /// <summary>Makes a sequencer.</summary>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How its consumers wait.</param>
    /// <exception cref="ArgumentException"><paramref name="bufferSize"/> is not a power of two.</exception>
    public SingleProducerSequencer(int bufferSize, IWaitStrategy waitStrategy)
    {
        ArgumentNullException.ThrowIfNull(waitStrategy);
        _bufferSize = SequencerArguments.CheckSize(bufferSize);
        _waitStrategy = waitStrategy;
        _signals = waitStrategy.IsBlockingStrategy;
        _state.Claimed = Sequence.InitialCursorValue;
        _state.Limit = Sequence.InitialCursorValue + bufferSize;
    }

    /// <inheritdoc/>
    public int BufferSize => _bufferSize;

    /// <summary>The newest published sequence, −1 before the first.</summary>
    public long Cursor => _cursor.Value;

    internal RingStop Stop { get; } = new();

    /// <inheritdoc/>
    public bool HasAvailableCapacity(int requiredCapacity)
    {
        var claimed = Volatile.Read(ref _state.Claimed);
        return claimed + requiredCapacity <= Math.Max(Volatile.Read(ref _state.Limit), FreeUpTo(claimed));
    }

    /// <inheritdoc/>
    public long GetRemainingCapacity()
    {
        var claimed = Volatile.Read(ref _state.Claimed);
        return FreeUpTo(claimed) - claimed;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next() => Claim(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n)
    {
        SequencerArguments.CheckCount(n, _bufferSize);
        return Claim(n);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out long sequence) => TryClaim(1, out sequence);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long sequence)
    {
        SequencerArguments.CheckCount(n, _bufferSize);
        return TryClaim(n, out sequence);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence)
    {
        _cursor.SetValue(sequence);
        if (_signals)
            _waitStrategy.SignalAllWhenBlocking();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long lo, long hi) => Publish(hi);

    /// <inheritdoc/>
    public void Claim(long sequence) => Volatile.Write(ref _state.Claimed, sequence);

    /// <inheritdoc/>
    public bool IsAvailable(long sequence)
    {
        var cursor = _cursor.Value;
        return sequence <= cursor && sequence > cursor - _bufferSize;
    }

    /// <summary>With one producer there are no gaps.</summary>
    /// <inheritdoc/>
    public long GetHighestPublishedSequence(long nextSequence, long availableSequence) => availableSequence;

    /// <inheritdoc/>
    public void AddGatingSequences(params Sequence[] gatingSequences) => _gating.Add(this, gatingSequences);

    /// <inheritdoc/>
    public bool RemoveGatingSequence(Sequence sequence) => _gating.Remove(sequence);

    /// <inheritdoc/>
    public long GetMinimumSequence() => _gating.Minimum(_cursor.Value);

    /// <inheritdoc/>
    public SequenceBarrier NewBarrier(SequenceWaiterOwner owner, params Sequence[] sequencesToTrack)
    {
        var dependencies = new DependentSequenceGroup(_cursor, sequencesToTrack);
        return new SequenceBarrier(this, _waitStrategy.NewSequenceWaiter(owner, dependencies), dependencies);
    }

    /// <inheritdoc/>
    public ValueEventPoller<T> NewPoller<T>(IValueDataProvider<T> provider, params Sequence[] gatingSequences)
        where T : struct => new(provider, this, new DependentSequenceGroup(_cursor, gatingSequences));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Claim(int n)
    {
        var claimed = _state.Claimed + n;
        if (claimed > _state.Limit)
            WaitUntilFree(claimed);
        _state.Claimed = claimed;
        return claimed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryClaim(int n, out long sequence)
    {
        var claimed = _state.Claimed + n;
        if (claimed > _state.Limit && !FindFree(claimed))
        {
            sequence = 0;
            return false;
        }

        _state.Claimed = claimed;
        sequence = claimed;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WaitUntilFree(long claimed)
    {
        var spin = new SpinWait();
        while (!FindFree(claimed))
        {
            if (Stop.IsSet)
                throw new RingBufferStoppedException(Stop.Cause);
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool FindFree(long claimed)
    {
        // The consumers may be waiting for what was just published: let it out before looking at them.
        Interlocked.MemoryBarrier();
        var limit = FreeUpTo(_state.Claimed);
        _state.Limit = limit;
        return claimed <= limit;
    }

    private long FreeUpTo(long claimed) => _gating.Minimum(claimed) + _bufferSize;
}
