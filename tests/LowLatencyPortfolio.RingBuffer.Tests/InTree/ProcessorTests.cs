using Disruptor;
using Disruptor.Dsl;
using Disruptor.Processing;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class ProcessorTests
{
    [Fact]
    public async Task A_handler_lives_in_this_order()
    {
        var ring = Rings.NewRing(8);
        var handler = new Lifelong();
        var processor = NewProcessor(ring, handler);
        ring.PublishKeys(0, 2);
        Assert.False(processor.IsRunning);
        var started = processor.Start(TaskScheduler.Default);
        Assert.True(processor.IsRunning);
        await started.WaitAsync(Eventually.Deadline);
        Assert.Equal("start", handler.Calls[0]);
        Eventually.True(() => processor.Sequence.Value == 1);
        await processor.Halt().WaitAsync(Eventually.Deadline);
        Assert.False(processor.IsRunning);
        Assert.Equal(["start", "0", "1", "shutdown"], handler.Calls);
    }

    [Fact]
    public async Task It_runs_once()
    {
        var processor = NewProcessor(Rings.NewRing(8), new Recorder());
        await processor.Start(TaskScheduler.Default).WaitAsync(Eventually.Deadline);
        Assert.Throws<InvalidOperationException>(() => { _ = processor.Start(TaskScheduler.Default); });
        await processor.Halt().WaitAsync(Eventually.Deadline);
        await processor.Halt().WaitAsync(Eventually.Deadline);
        Assert.Throws<InvalidOperationException>(() => { _ = processor.Start(TaskScheduler.Default); });
    }

    [Fact]
    public async Task Halted_before_its_start_it_never_runs()
    {
        var handler = new Lifelong();
        var processor = NewProcessor(Rings.NewRing(8), handler);
        await processor.Halt().WaitAsync(Eventually.Deadline);
        Assert.Throws<InvalidOperationException>(() => { _ = processor.Start(TaskScheduler.Default); });
        Assert.Empty(handler.Calls);
    }

    [Fact]
    public async Task Halted_at_once_after_its_start_it_still_says_start_and_shutdown()
    {
        for (var i = 0; i < 200; i++)
        {
            var handler = new Lifelong();
            var processor = NewProcessor(Rings.NewRing(8), handler);
            var started = processor.Start(TaskScheduler.Default);
            await Task.WhenAll(processor.Halt(), started).WaitAsync(Eventually.Deadline);
            Assert.Equal(["start", "shutdown"], handler.Calls);
        }
    }

    [Fact]
    public void There_is_always_an_exception_handler()
    {
        var processor = NewProcessor(Rings.NewRing(8), new Recorder());
        Assert.Throws<ArgumentNullException>(() => processor.SetExceptionHandler(null!));
    }

    [Fact]
    public async Task A_timeout_is_passed_on_and_its_exception_handled()
    {
        var ring = ValueRingBuffer<Ev>.CreateSingleProducer(
            () => default, 8, new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1)));
        ring.PublishKeys(0, 3);
        var handler = new TimingOut();
        var exceptions = new RecordingExceptionHandler();
        var processor = NewProcessor(ring, handler);
        processor.SetExceptionHandler(exceptions);
        await processor.Start(TaskScheduler.Default).WaitAsync(Eventually.Deadline);
        Eventually.True(() => handler.Timeouts >= 2);
        await processor.Halt().WaitAsync(Eventually.Deadline);
        Assert.Equal(2, handler.LastSequence);
        Assert.Equal(("timeout", 2L), (exceptions.Seen[0].Where, exceptions.Seen[0].Sequence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void A_batch_size_below_one_is_refused(int maxBatchSize) =>
        Assert.Throws<ArgumentException>(
            () => NewProcessor(Rings.NewRing(8), new Recorder { MaxBatchSize = maxBatchSize }));

    /// <summary>A default member called on a struct would box it; whether it is implemented is asked once.</summary>
    [Fact]
    public void Default_members_are_told_from_real_ones()
    {
        Assert.Equal(new HandlerFacts(long.MaxValue, false, false), HandlerFacts.Of(new Recorder()));
        Assert.Equal(new HandlerFacts(long.MaxValue, false, true), HandlerFacts.Of(new TimingOut()));
        Assert.Equal(new HandlerFacts(7, true, false), HandlerFacts.Of<Ev>(new ExplicitStruct()));
        Assert.Equal(new HandlerFacts(7, true, false), HandlerFacts.Of(new Derived()));
    }

    [Fact]
    public void The_loop_is_compiled_for_the_struct_and_skips_gap_checks_where_there_are_none()
    {
        var ring = Rings.NewRing(8, ProducerType.Multi);
        var first = NewProcessor(ring, new ExplicitStruct());
        var behind = EventProcessorFactory.Create(
            ring, ring.NewBarrier(SequenceWaiterOwner.Unknown, first.Sequence), new ExplicitStruct());
        Assert.IsType<ValueEventProcessor<Ev, GapsOfSeveralProducers, ExplicitStruct>>(first);
        Assert.IsType<ValueEventProcessor<Ev, NoGaps, ExplicitStruct>>(behind);
        Assert.IsType<ValueEventProcessor<Ev, NoGaps, ClassHandler<Ev>>>(
            NewProcessor(Rings.NewRing(8), new Recorder()));
    }

    [Fact]
    public async Task A_processor_can_join_and_leave_a_running_ring()
    {
        var ring = Rings.NewRing(8);
        ring.PublishKeys(0, 5);
        var handler = new Recorder();
        var processor = NewProcessor(ring, handler);
        ring.AddGatingSequences(processor.Sequence);
        await processor.Start(TaskScheduler.Default).WaitAsync(Eventually.Deadline);
        ring.PublishKeys(5, 20);
        Eventually.True(() => handler.Count == 20);
        await processor.Halt().WaitAsync(Eventually.Deadline);
        Assert.True(ring.RemoveGatingSequence(processor.Sequence));
        ring.PublishKeys(25, 20);
        Assert.Equal(Enumerable.Range(5, 20).Select(key => (long)key), handler.Keys);
    }

    private static IValueEventProcessor<Ev> NewProcessor(ValueRingBuffer<Ev> ring, IValueEventHandler<Ev> handler) =>
        EventProcessorFactory.Create(ring, ring.NewBarrier(handler), handler);

    private sealed class Lifelong : IValueEventHandler<Ev>
    {
        public List<string> Calls { get; } = [];

        public void OnStart() => Calls.Add("start");

        public void OnShutdown() => Calls.Add("shutdown");

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => Calls.Add($"{sequence}");
    }

    private sealed class TimingOut : IValueEventHandler<Ev>
    {
        private int _timeouts;

        public int Timeouts => Volatile.Read(ref _timeouts);

        public long LastSequence { get; private set; }

        public void OnTimeout(long sequence)
        {
            LastSequence = sequence;
            Interlocked.Increment(ref _timeouts);
            throw new FormatException();
        }

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
        }
    }

    private readonly struct ExplicitStruct : IValueEventHandler<Ev>
    {
        int? IEventHandler.MaxBatchSize => 7;

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
        }

        void IValueEventHandler<Ev>.OnBatchStart(long batchSize)
        {
        }
    }

    private class Base : IValueEventHandler<Ev>
    {
        public int? MaxBatchSize => 7;

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
        }

        public void OnBatchStart(long batchSize)
        {
        }
    }

    private sealed class Derived : Base;
}
