using System.Numerics;
using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>
/// Sequences for any number of publishing threads. A claim moves the cursor at once; what is really published is marked
/// slot by slot, and readers stop at the first gap.
/// </summary>
/// <remarks>
/// Any thread. A sequence that is claimed and never published stops every reader before it for good. Nothing here
/// allocates after construction but the gating and barrier members.
/// </remarks>
public sealed class MultiProducerSequencer : ISequencer
{
    private readonly Sequence _cursor = new();
    private readonly Sequence _limit;
    private readonly GatingSet _gating = new();
    private readonly IWaitStrategy _waitStrategy;

    // The lap in which each slot was last published; slot 0 stands behind padding of a cache line pair.
    private readonly int[] _publishedLap;
    private readonly bool _signals;
    private readonly int _bufferSize;
    private readonly int _mask;
    private readonly int _lapShift;

    private const int LapPadding = 128 / sizeof(int);

    /// <summary>Makes a sequencer whose consumers block while they wait.</summary>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    public MultiProducerSequencer(int bufferSize)
        : this(bufferSize, Dsl.SequencerFactory.DefaultWaitStrategy())
    {
    }

    /// <summary>Makes a sequencer.</summary>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How its consumers wait.</param>
    /// <exception cref="ArgumentException"><paramref name="bufferSize"/> is not a power of two.</exception>
    public MultiProducerSequencer(int bufferSize, IWaitStrategy waitStrategy)
    {
        ArgumentNullException.ThrowIfNull(waitStrategy);
        _bufferSize = SequencerArguments.CheckSize(bufferSize);
        _mask = bufferSize - 1;
        _lapShift = BitOperations.Log2((uint)bufferSize);
        _waitStrategy = waitStrategy;
        _signals = waitStrategy.IsBlockingStrategy;
        _limit = new Sequence(Sequence.InitialCursorValue + bufferSize);
        _publishedLap = new int[LapPadding + bufferSize + LapPadding];
        Array.Fill(_publishedLap, -1);
    }

    /// <inheritdoc/>
    public int BufferSize => _bufferSize;

    /// <summary>The newest claimed sequence, −1 before the first; it may not be published yet.</summary>
    public long Cursor => _cursor.Value;

    internal RingStop Stop { get; } = new();

    /// <inheritdoc/>
    public bool HasAvailableCapacity(int requiredCapacity)
    {
        var claimed = _cursor.Value;
        return claimed + requiredCapacity <= Math.Max(_limit.Value, FreeUpTo(claimed));
    }

    /// <inheritdoc/>
    public long GetRemainingCapacity()
    {
        var claimed = _cursor.Value;
        return Math.Max(0, FreeUpTo(claimed) - claimed);
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
    public bool TryNext(out long sequence) => TryClaim(1, out sequence);

    /// <inheritdoc/>
    public bool TryNext(int n, out long sequence)
    {
        SequencerArguments.CheckCount(n, _bufferSize);
        return TryClaim(n, out sequence);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence)
    {
        Volatile.Write(ref LapOf(sequence), Lap(sequence));
        if (_signals)
            _waitStrategy.SignalAllWhenBlocking();
    }

    /// <inheritdoc/>
    public void Publish(long lo, long hi)
    {
        for (var sequence = lo; sequence <= hi; sequence++)
            Volatile.Write(ref LapOf(sequence), Lap(sequence));
        if (_signals)
            _waitStrategy.SignalAllWhenBlocking();
    }

    /// <inheritdoc/>
    public void Claim(long sequence) => _cursor.SetValue(sequence);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAvailable(long sequence) => Volatile.Read(ref LapOf(sequence)) == Lap(sequence);

    /// <inheritdoc/>
    public long GetHighestPublishedSequence(long nextSequence, long availableSequence)
    {
        for (var sequence = nextSequence; sequence <= availableSequence; sequence++)
        {
            if (!IsAvailable(sequence))
                return sequence - 1;
        }

        return availableSequence;
    }

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
        var claimed = _cursor.AddAndGet(n);
        if (claimed > _limit.Value)
            WaitUntilFree(claimed, n);
        return claimed;
    }

    private bool TryClaim(int n, out long sequence)
    {
        long current;
        do
        {
            current = _cursor.Value;
            sequence = current + n;
            if (sequence > _limit.Value && !FindFree(sequence, current))
            {
                sequence = 0;
                return false;
            }
        }
        while (!_cursor.CompareAndSet(current, sequence));
        return true;
    }

    /// <summary>The sequences are ours already; a stopped ring leaves them as a gap that nobody will read.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WaitUntilFree(long claimed, int n)
    {
        var spin = new SpinWait();
        while (!FindFree(claimed, claimed - n))
        {
            if (Stop.IsSet)
                throw new RingBufferStoppedException(Stop.Cause);
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool FindFree(long claimed, long before)
    {
        // Two producers may set the limit in the wrong order; it is then too low, and the next claim looks again.
        var limit = FreeUpTo(before);
        _limit.SetValue(limit);
        return claimed <= limit;
    }

    private long FreeUpTo(long claimed) => _gating.Minimum(claimed) + _bufferSize;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Lap(long sequence) => (int)(sequence >>> _lapShift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int LapOf(long sequence) => ref Unsafe.Add(
        ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_publishedLap),
        (nint)(LapPadding + ((int)sequence & _mask)));
}
