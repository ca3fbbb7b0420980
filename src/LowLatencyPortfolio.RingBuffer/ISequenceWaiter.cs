namespace Disruptor;

/// <summary>Waits for one consumer.</summary>
public interface ISequenceWaiter : IDisposable
{
    /// <summary>Waits until the consumer's dependencies have reached a sequence.</summary>
    /// <param name="sequence">What to wait for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A sequence of at least that, or a timeout.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken);

    /// <summary>Wakes the waiting thread, if it sleeps, to look at its token. Any thread.</summary>
    void Cancel();
}
