using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>What one consumer waits on.</summary>
/// <remarks>One waiting thread; <see cref="CancelProcessing"/> from any.</remarks>
public sealed class SequenceBarrier : IDisposable
{
    private readonly ISequenceWaiter _waiter;

    /// <summary>Makes a barrier. Use <see cref="RingBuffer.NewBarrier(SequenceWaiterOwner, Sequence[])"/>.</summary>
    /// <param name="sequencer">Who publishes.</param>
    /// <param name="waiter">How to wait for <paramref name="dependentSequences"/>.</param>
    /// <param name="dependentSequences">What to wait for.</param>
    public SequenceBarrier(
        ISequencer sequencer, ISequenceWaiter waiter, DependentSequenceGroup dependentSequences)
    {
        ArgumentNullException.ThrowIfNull(sequencer);
        ArgumentNullException.ThrowIfNull(waiter);
        ArgumentNullException.ThrowIfNull(dependentSequences);
        Sequencer = sequencer;
        _waiter = waiter;
        DependentSequences = dependentSequences;
    }

    /// <summary>What the barrier waits for.</summary>
    public DependentSequenceGroup DependentSequences { get; }

    internal ISequencer Sequencer { get; }

    /// <summary>Waits until a sequence is claimed by a producer, or handled by everybody who comes first.</summary>
    /// <param name="sequence">What to wait for.</param>
    /// <param name="cancellationToken">Ends the wait; follow it with <see cref="CancelProcessing"/>.</param>
    /// <returns>A sequence of at least that, or a timeout. With several producers there may be gaps before
    /// it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, before or while waiting.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var available = DependentSequences.Value;
        return available >= sequence ? available : _waiter.WaitFor(sequence, cancellationToken);
    }

    /// <summary>As <see cref="WaitFor"/>, and then looks how far publication has come without a gap.</summary>
    /// <param name="sequence">What to wait for.</param>
    /// <param name="cancellationToken">Ends the wait; follow it with <see cref="CancelProcessing"/>.</param>
    /// <returns>The last sequence that can be read; <paramref name="sequence"/> − 1 when it is claimed but not yet
    /// published; or a timeout.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, before or while waiting.</exception>
    public SequenceWaitResult WaitForPublishedSequence(long sequence, CancellationToken cancellationToken = default)
    {
        var result = WaitFor(sequence, cancellationToken);
        return result.IsTimeout ? result : HighestPublished(sequence, result.UnsafeAvailableSequence);
    }

    /// <summary>Wakes a blocked waiter so that it sees its cancelled token.</summary>
    public void CancelProcessing() => _waiter.Cancel();

    /// <summary>Releases what the waiter holds.</summary>
    public void Dispose() => _waiter.Dispose();

    /// <summary>Handlers publish nothing, so behind a handler there are no gaps to look for.</summary>
    internal long HighestPublished(long next, long available) => DependentSequences.DependsOnCursor
        ? Sequencer.GetHighestPublishedSequence(next, available)
        : available;
}
