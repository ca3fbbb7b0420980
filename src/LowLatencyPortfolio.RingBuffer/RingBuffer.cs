using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>The part of a ring buffer that does not depend on the type of its events.</summary>
/// <remarks>Publishing: one thread or any, by the sequencer. Everything else: any thread.</remarks>
public abstract class RingBuffer : ICursored
{
    private protected RingBufferFields Fields;
    private readonly RingStop _stop;

    private protected RingBuffer(ISequencer sequencer)
    {
        ArgumentNullException.ThrowIfNull(sequencer);
        Fields.Sequencer = sequencer;
        Fields.Single = sequencer as SingleProducerSequencer;
        Fields.Multi = sequencer as MultiProducerSequencer;
        Fields.Mask = SequencerArguments.CheckSize(sequencer.BufferSize) - 1;
        _stop = Fields.Single?.Stop ?? Fields.Multi?.Stop ?? new RingStop();
    }

    /// <inheritdoc cref="ISequenced.BufferSize"/>
    public int BufferSize => (int)Fields.Mask + 1;

    /// <inheritdoc/>
    public long Cursor => Fields.Single?.Cursor ?? Fields.Sequencer.Cursor;

    /// <summary>
    /// Whether a stage has died of an exception, or the handlers were halted. A full ring will then never have room
    /// again: <see cref="Next()"/> throws <see cref="RingBufferStoppedException"/>, TryNext is false.
    /// </summary>
    /// <remarks>Any thread. Not part of the package.</remarks>
    public bool IsStopped => _stop.IsSet;

    /// <summary>What the first dead stage died of; null while running and after a plain halt.</summary>
    /// <remarks>Any thread. Not part of the package.</remarks>
    public Exception? StopCause => _stop.Cause;

    /// <inheritdoc cref="ISequenced.HasAvailableCapacity"/>
    public bool HasAvailableCapacity(int requiredCapacity) => Fields.Sequencer.HasAvailableCapacity(requiredCapacity);

    /// <inheritdoc cref="ISequenced.GetRemainingCapacity"/>
    public long GetRemainingCapacity() => Fields.Sequencer.GetRemainingCapacity();

    /// <inheritdoc cref="ISequencer.IsAvailable"/>
    public bool IsAvailable(long sequence) => Fields.Sequencer.IsAvailable(sequence);

    /// <inheritdoc cref="ISequenced.Next()"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next()
    {
        var single = Fields.Single;
        return single is not null ? single.Next() : NextOfSeveralProducers();
    }

    /// <inheritdoc cref="ISequenced.Next(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next(int n)
    {
        var single = Fields.Single;
        return single is not null ? single.Next(n) : Fields.Sequencer.Next(n);
    }

    /// <inheritdoc cref="ISequenced.TryNext(out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out long sequence)
    {
        var single = Fields.Single;
        return single is not null ? single.TryNext(out sequence) : Fields.Sequencer.TryNext(out sequence);
    }

    /// <inheritdoc cref="ISequenced.TryNext(int, out long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int n, out long sequence)
    {
        var single = Fields.Single;
        return single is not null ? single.TryNext(n, out sequence) : Fields.Sequencer.TryNext(n, out sequence);
    }

    /// <inheritdoc cref="ISequenced.Publish(long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence)
    {
        var single = Fields.Single;
        if (single is not null)
            single.Publish(sequence);
        else
            PublishOfSeveralProducers(sequence);
    }

    /// <inheritdoc cref="ISequenced.Publish(long, long)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long lo, long hi)
    {
        var single = Fields.Single;
        if (single is not null)
            single.Publish(hi);
        else
            Fields.Sequencer.Publish(lo, hi);
    }

    /// <inheritdoc cref="ISequencer.AddGatingSequences"/>
    public void AddGatingSequences(params Sequence[] gatingSequences) =>
        Fields.Sequencer.AddGatingSequences(gatingSequences);

    /// <inheritdoc cref="ISequencer.RemoveGatingSequence"/>
    public bool RemoveGatingSequence(Sequence sequence) => Fields.Sequencer.RemoveGatingSequence(sequence);

    /// <inheritdoc cref="ISequencer.GetMinimumSequence"/>
    public long GetMinimumGatingSequence() => Fields.Sequencer.GetMinimumSequence();

    /// <summary>Makes the barrier a handler waits on.</summary>
    /// <param name="handler">The handler that will wait.</param>
    /// <param name="sequencesToTrack">Handlers that must come first; none means: wait for the producers.</param>
    /// <returns>A barrier for one waiting thread.</returns>
    public SequenceBarrier NewBarrier(IEventHandler handler, params Sequence[] sequencesToTrack) =>
        NewBarrier(SequenceWaiterOwner.EventHandler(handler), sequencesToTrack);

    /// <inheritdoc cref="ISequencer.NewBarrier"/>
    public SequenceBarrier NewBarrier(SequenceWaiterOwner owner, params Sequence[] sequencesToTrack) =>
        Fields.Sequencer.NewBarrier(owner, sequencesToTrack);

    /// <summary>Tells waiting producers that no room will come: a stage died, or (null) all were halted.</summary>
    internal void SignalStopped(Exception? cause) => _stop.Signal(cause);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long NextOfSeveralProducers() => Fields.Multi?.Next() ?? Fields.Sequencer.Next();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PublishOfSeveralProducers(long sequence)
    {
        var multi = Fields.Multi;
        if (multi is not null)
            multi.Publish(sequence);
        else
            Fields.Sequencer.Publish(sequence);
    }
}
