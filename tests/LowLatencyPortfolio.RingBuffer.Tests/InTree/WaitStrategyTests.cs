using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class WaitStrategyTests
{
    private static readonly TimeSpan Brief = TimeSpan.FromMicroseconds(20);

    private static readonly Dictionary<string, Func<IWaitStrategy>> Strategies = new()
    {
        ["BusySpin"] = () => new BusySpinWaitStrategy(),
        ["Yielding"] = () => new YieldingWaitStrategy(),
        ["Sleeping"] = () => new SleepingWaitStrategy(),
        ["SpinWait"] = () => new SpinWaitWaitStrategy(),
        ["HybridSpin"] = () => new HybridSpinWaitStrategy(),
        ["Blocking"] = () => new BlockingWaitStrategy(),
        ["BlockingSpinWait"] = () => new BlockingSpinWaitWaitStrategy(),
        ["TimeoutBlocking"] = () => new TimeoutBlockingWaitStrategy(TimeSpan.FromMinutes(1)),
        ["PhasedWithLock"] = () => PhasedBackoffWaitStrategy.WithLock(Brief, Brief),
        ["PhasedWithSleep"] = () => PhasedBackoffWaitStrategy.WithSleep(Brief, Brief),
    };

    public static TheoryData<string> Names => [.. Strategies.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_is_available_is_returned_at_once(string name)
    {
        var waiter = NewWaiter(Strategies[name](), new Sequence(8));
        Assert.Equal(8, waiter.WaitFor(5, CancellationToken.None).AvailableSequence);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_publication_ends_the_wait(string name)
    {
        var strategy = Strategies[name]();
        var cursor = new Sequence();
        var waiting = Eventually.Thread(() =>
            Assert.Equal(0, NewWaiter(strategy, cursor).WaitFor(0, CancellationToken.None).AvailableSequence));
        Assert.False(SpinWait.SpinUntil(() => waiting.IsCompleted, TimeSpan.FromMilliseconds(5)));
        Publish(strategy, cursor, 0);
        Eventually.Join(waiting);
    }

    [Theory, MemberData(nameof(Names))]
    public void Several_threads_wait_in_a_chain(string name)
    {
        var strategy = Strategies[name]();
        var cursor = new Sequence();
        var (first, second) = (new Sequence(), new Sequence());
        Task Follow(Sequence own, params Sequence[] before) => Eventually.Thread(() =>
        {
            var waiter = NewWaiter(strategy, cursor, before);
            for (var next = 0L; next < 50;)
            {
                next = waiter.WaitFor(next, CancellationToken.None).UnsafeAvailableSequence + 1;
                own.SetValue(next - 1);
            }
        });

        var threads = new[] { Follow(second, first), Follow(first) };
        for (var sequence = 0; sequence < 50; sequence++)
            Publish(strategy, cursor, sequence);
        Eventually.Join(threads);
        Assert.Equal((49, 49), (first.Value, second.Value));
    }

    [Theory, MemberData(nameof(Names))]
    public void Cancelling_ends_the_wait(string name)
    {
        using var cancellation = new CancellationTokenSource();
        var waiter = NewWaiter(Strategies[name](), new Sequence());
        var waiting = Eventually.Thread(() => Assert.ThrowsAny<OperationCanceledException>(
            () => waiter.WaitFor(0, cancellation.Token)));
        Assert.False(SpinWait.SpinUntil(() => waiting.IsCompleted, TimeSpan.FromMilliseconds(5)));
        cancellation.Cancel();
        waiter.Cancel();
        Eventually.Join(waiting);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_wait_that_begins_after_cancelling_ends_at_once(string name)
    {
        using var cancellation = new CancellationTokenSource();
        var waiter = NewWaiter(Strategies[name](), new Sequence());
        cancellation.Cancel();
        waiter.Cancel();
        Eventually.Join(Eventually.Thread(() => Assert.ThrowsAny<OperationCanceledException>(
            () => waiter.WaitFor(0, cancellation.Token))));
    }

    [Theory, MemberData(nameof(Names))]
    public void Cancelling_ends_the_wait_for_a_handler_that_comes_first(string name)
    {
        using var cancellation = new CancellationTokenSource();
        var waiter = NewWaiter(Strategies[name](), new Sequence(5), new Sequence());
        var waiting = Eventually.Thread(() => Assert.ThrowsAny<OperationCanceledException>(
            () => waiter.WaitFor(0, cancellation.Token)));
        Assert.False(SpinWait.SpinUntil(() => waiting.IsCompleted, TimeSpan.FromMilliseconds(5)));
        cancellation.Cancel();
        waiter.Cancel();
        Eventually.Join(waiting);
    }

    [Fact]
    public void A_timeout_is_told()
    {
        var waiter = NewWaiter(new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(5)), new Sequence(3));
        var result = waiter.WaitFor(4, CancellationToken.None);
        Assert.True(result.IsTimeout);
        Assert.Null(result.AvailableSequence);
        Assert.Equal(SequenceWaitResult.Timeout, result);
        Assert.Equal(3, waiter.WaitFor(3, CancellationToken.None).AvailableSequence);
    }

    [Fact]
    public void Only_blocking_strategies_want_to_be_signalled()
    {
        var blocking = Strategies.Where(pair => pair.Value().IsBlockingStrategy).Select(pair => pair.Key);
        Assert.Equal(["Blocking", "BlockingSpinWait", "PhasedWithLock", "TimeoutBlocking"], blocking.Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Publishing_signals_a_blocking_strategy_once(bool blocking)
    {
        foreach (var type in Enum.GetValues<Disruptor.Dsl.ProducerType>())
        {
            var strategy = new CountingStrategy(blocking);
            var ring = ValueRingBuffer<Ev>.Create(type, () => default, 8, strategy);
            ring.PublishEvent().Dispose();
            ring.PublishEvents(3).Dispose();
            ring.TryPublishEvent().Dispose();
            Assert.Equal(blocking ? 3 : 0, strategy.Signals);
        }
    }

    private static ISequenceWaiter NewWaiter(IWaitStrategy strategy, Sequence cursor, params Sequence[] before) =>
        strategy.NewSequenceWaiter(SequenceWaiterOwner.Unknown, new DependentSequenceGroup(cursor, before));

    private static void Publish(IWaitStrategy strategy, Sequence cursor, long sequence)
    {
        cursor.SetValue(sequence);
        strategy.SignalAllWhenBlocking();
    }

    private sealed class CountingStrategy(bool blocking) : IWaitStrategy
    {
        public int Signals { get; private set; }

        public bool IsBlockingStrategy => blocking;

        public ISequenceWaiter NewSequenceWaiter(SequenceWaiterOwner owner, DependentSequenceGroup dependencies) =>
            throw new NotSupportedException();

        public void SignalAllWhenBlocking() => Signals++;
    }
}
