using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>
/// Lets a thread of the user's own read events when it likes, instead of a processor with its own thread.
/// </summary>
/// <typeparam name="T">The event.</typeparam>
/// <remarks>
/// One thread polls. Add <see cref="Sequence"/> to the ring's gating sequences, or the producers will overwrite what
/// was
/// not read. An exception leaves the poll; the event that threw is read again by the next one. Allocates nothing.
/// </remarks>
public sealed class ValueEventPoller<T>
    where T : struct
{
    private readonly IValueDataProvider<T> _provider;
    private readonly ValueRingBuffer<T>? _ring;
    private readonly ISequencer _sequencer;
    private readonly bool _mayHaveGaps;
    private readonly DependentSequenceGroup _dependencies;

    internal ValueEventPoller(
        IValueDataProvider<T> provider, ISequencer sequencer, DependentSequenceGroup dependencies)
    {
        _provider = provider;
        _ring = provider as ValueRingBuffer<T>;
        _sequencer = sequencer;
        _mayHaveGaps = dependencies.DependsOnCursor && sequencer is not SingleProducerSequencer;
        _dependencies = dependencies;
    }

    /// <summary>The last event read; −1 before the first. Written once per poll.</summary>
    public Sequence Sequence { get; } = new();

    /// <summary>Hands every available event to a delegate.</summary>
    /// <param name="eventHandler">Called for each event until it returns false.</param>
    /// <returns>What was found.</returns>
    public EventPoller.PollState Poll(EventPoller.ValueHandler<T> eventHandler)
    {
        ArgumentNullException.ThrowIfNull(eventHandler);
        var read = Sequence.Value;
        var available = Available(read + 1);
        if (available <= read)
            return StateWithoutEvents(read);
        try
        {
            for (var next = read + 1; next <= available; next++)
            {
                var goOn = eventHandler(ref Slot(next), next, next == available);
                read = next;
                if (!goOn)
                    break;
            }
        }
        finally
        {
            Sequence.SetValue(read);
        }

        return EventPoller.PollState.Processing;
    }

    /// <summary>Hands every available event to a struct handler, without an indirect call per event.</summary>
    /// <typeparam name="THandler">The handler; only its <see cref="IValueEventHandler{T}.OnEvent"/> is
    /// called.</typeparam>
    /// <param name="handler">The handler, used in place.</param>
    /// <param name="maxBatchSize">Most events to read, 1 or more.</param>
    /// <returns>What was found.</returns>
    /// <remarks>Not part of the package.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EventPoller.PollState Poll<THandler>(ref THandler handler, int maxBatchSize = int.MaxValue)
        where THandler : struct, IValueEventHandler<T>
    {
        var read = Sequence.Value;
        var available = Available(read + 1);
        return available > read
            ? HandleBatch(ref handler, read, Math.Min(available, read + maxBatchSize))
            : StateWithoutEvents(read);
    }

    private EventPoller.PollState HandleBatch<THandler>(ref THandler handler, long read, long last)
        where THandler : struct, IValueEventHandler<T>
    {
        var before = read;
        try
        {
            for (var next = read + 1; next <= last; next++)
            {
                handler.OnEvent(ref Slot(next), next, next == last);
                read = next;
            }
        }
        finally
        {
            if (read != before)
                Sequence.SetValue(read);
        }

        return EventPoller.PollState.Processing;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Available(long next)
    {
        var available = _dependencies.Value;
        return _mayHaveGaps ? _sequencer.GetHighestPublishedSequence(next, available) : available;
    }

    private EventPoller.PollState StateWithoutEvents(long read) => _dependencies.CursorValue > read
        ? EventPoller.PollState.Gating
        : EventPoller.PollState.Idle;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T Slot(long sequence)
    {
        var ring = _ring;
        if (ring is not null)
            return ref ring[sequence];
        return ref _provider[sequence];
    }
}
