using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class BarrierTests
{
    [Fact]
    public void It_waits_for_everybody_who_comes_first()
    {
        var ring = Rings.NewRing(8);
        var (one, two) = (new Sequence(), new Sequence());
        var barrier = ring.NewBarrier(SequenceWaiterOwner.Unknown, one, two);
        ring.PublishKeys(0, 4);
        one.SetValue(3);
        var waiting = Eventually.Thread(() => Assert.Equal(2, barrier.WaitFor(1).AvailableSequence));
        Assert.False(SpinWait.SpinUntil(() => waiting.IsCompleted, TimeSpan.FromMilliseconds(5)));
        two.SetValue(2);
        Eventually.Join(waiting);
    }

    [Fact]
    public void A_cancelled_token_throws_even_if_the_sequence_is_there()
    {
        var ring = Rings.NewRing(8);
        ring.PublishKeys(0, 4);
        using var cancellation = new CancellationTokenSource();
        var barrier = ring.NewBarrier(SequenceWaiterOwner.Unknown);
        Assert.Equal(3, barrier.WaitFor(0, cancellation.Token).AvailableSequence);
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => barrier.WaitFor(0, cancellation.Token));
    }

    [Fact]
    public void A_claimed_gap_is_not_published()
    {
        var ring = Rings.NewRing(8, ProducerType.Multi);
        var barrier = ring.NewBarrier(SequenceWaiterOwner.Unknown);
        ring.Next(3);
        ring.Publish(0);
        ring.Publish(2);
        Assert.Equal(2, barrier.WaitFor(0).AvailableSequence);
        Assert.Equal(0, barrier.WaitForPublishedSequence(0).AvailableSequence);
        Assert.Equal(0, barrier.WaitForPublishedSequence(1).AvailableSequence);
        ring.Publish(1);
        Assert.Equal(2, barrier.WaitForPublishedSequence(1).AvailableSequence);
    }

    [Fact]
    public void The_wait_strategy_learns_for_whom_it_waits_and_is_disposed_of()
    {
        var strategy = new Observed();
        var disruptor = Rings.NewDisruptor(8, wait: strategy);
        var (own, next) = (new Recorder(), new Recorder());
        disruptor.HandleEventsWith(own).Then(next);
        var outside = disruptor.RingBuffer.NewBarrier(SequenceWaiterOwner.Unknown);
        Assert.Equal([own, next, null], strategy.Owners.Select(owner => owner.Handler));
        Assert.Equal(SequenceWaiterOwnerType.EventHandler, strategy.Owners[0].Type);
        disruptor.Dispose();
        Assert.Equal(2, strategy.Disposed);
        outside.Dispose();
        Assert.Equal(3, strategy.Disposed);
    }

    private sealed class Observed : IWaitStrategy
    {
        public List<SequenceWaiterOwner> Owners { get; } = [];

        public int Disposed { get; private set; }

        public bool IsBlockingStrategy => false;

        public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependentSequences)
        {
            Owners.Add(owner);
            return new Waiter(this, dependentSequences);
        }

        public void SignalAllWhenBlocking()
        {
        }

        private sealed class Waiter(Observed strategy, DependentSequenceGroup group) : ISequenceWaiter
        {
            public SequenceWaitResult WaitFor(long sequence, CancellationToken cancellationToken) =>
                group.AggressiveSpinWaitFor(sequence, cancellationToken);

            public void Cancel()
            {
            }

            public void Dispose() => strategy.Disposed++;
        }
    }
}
