namespace Disruptor;

/// <summary>How consumers wait: a trade between latency and processor time.</summary>
public interface IWaitStrategy
{
    /// <summary>Whether publishers must call <see cref="SignalAllWhenBlocking"/> after each publish.</summary>
    bool IsBlockingStrategy { get; }

    /// <summary>Makes the waiter of one consumer.</summary>
    /// <param name="owner">Who will wait.</param>
    /// <param name="dependentSequences">What it will wait for.</param>
    /// <returns>A waiter for one thread.</returns>
    ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences);

    /// <summary>Wakes consumers that sleep. Any thread.</summary>
    void SignalAllWhenBlocking();
}
