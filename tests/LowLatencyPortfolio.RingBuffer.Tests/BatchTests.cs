using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class BatchTests
{
    [Fact]
    public void The_start_of_a_batch_tells_its_size()
    {
        var disruptor = Rings.NewDisruptor();
        var handler = new BatchRecorder(null);
        disruptor.HandleEventsWith(handler);
        disruptor.RingBuffer.PublishKeys(0, 5);
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal(["batch 5", "0", "1", "2", "3", "4 end"], handler.Calls);
    }

    [Fact]
    public void Max_batch_size_splits_what_is_available()
    {
        var disruptor = Rings.NewDisruptor();
        var handler = new BatchRecorder(2);
        disruptor.HandleEventsWith(handler);
        disruptor.RingBuffer.PublishKeys(0, 5);
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal(["batch 2", "0", "1 end", "batch 2", "2", "3 end", "batch 1", "4 end"], handler.Calls);
    }

    [Fact]
    public void An_explicitly_implemented_start_of_batch_is_called()
    {
        var disruptor = Rings.NewDisruptor();
        var sizes = new List<long>();
        disruptor.HandleEventsWith(new ExplicitBatchStart(sizes));
        disruptor.RingBuffer.PublishKeys(0, 3);
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal([3], sizes);
    }

    [Fact]
    public void A_failing_start_of_batch_skips_the_first_event()
    {
        var disruptor = Rings.NewDisruptor();
        var exceptions = new RecordingExceptionHandler();
        var handler = new BatchRecorder(null) { FailsOnFirstBatch = true };
        disruptor.HandleEventsWith(handler);
        disruptor.SetDefaultExceptionHandler(exceptions);
        disruptor.RingBuffer.PublishKeys(0, 3);
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal(("event", 0L), (exceptions.Seen.Single().Where, exceptions.Seen.Single().Sequence));
        Assert.Equal(["batch 2", "1", "2 end"], handler.Calls);
    }

    /// <summary>In a burst the next stage waits for the whole batch; small batches let it follow.</summary>
    [Theory]
    [InlineData(null, -1)]
    [InlineData(2, 3)]
    public void In_a_burst_the_next_stage_sees_what_full_batches_released(int? maxBatchSize, long expectedByNext)
    {
        var disruptor = Rings.NewDisruptor(16);
        var gate = new ManualResetEventSlim();
        var reached = new ManualResetEventSlim();
        var first = new Recorder
        {
            MaxBatchSize = maxBatchSize,
            Before = sequence =>
            {
                if (sequence != 5)
                    return;
                reached.Set();
                gate.Wait(Eventually.Deadline);
            },
        };
        var next = new Recorder();
        disruptor.HandleEventsWith(first).Then(next);
        disruptor.RingBuffer.PublishKeys(0, 10);
        Rings.Start(disruptor);
        Assert.True(reached.Wait(Eventually.Deadline));
        Eventually.True(() => next.Count == expectedByNext + 1);
        Assert.Equal(expectedByNext, disruptor.GetSequenceValueFor(first));
        gate.Set();
        Rings.Drain(disruptor);
        Assert.Equal(10, next.Count);
    }

    [Fact]
    public void A_handler_may_release_slots_before_its_batch_ends()
    {
        var disruptor = Rings.NewDisruptor(8);
        var gate = new ManualResetEventSlim();
        var early = new EarlyRelease(gate);
        var next = new Recorder();
        disruptor.HandleEventsWith(early).Then(next);
        disruptor.RingBuffer.PublishKeys(0, 8);
        Rings.Start(disruptor);
        Eventually.True(() => next.Count == 4);
        Eventually.True(() => disruptor.RingBuffer.GetRemainingCapacity() == 4);
        gate.Set();
        Rings.Drain(disruptor);
        Assert.Equal(8, next.Count);
    }

    private sealed class BatchRecorder(int? maxBatchSize) : IValueEventHandler<Ev>
    {
        private bool _failed;

        public List<string> Calls { get; } = [];

        public bool FailsOnFirstBatch { get; init; }

        public int? MaxBatchSize => maxBatchSize;

        public void OnBatchStart(long batchSize)
        {
            if (FailsOnFirstBatch && !_failed)
            {
                _failed = true;
                throw new FormatException();
            }

            Calls.Add($"batch {batchSize}");
        }

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) =>
            Calls.Add($"{sequence}{(endOfBatch ? " end" : "")}");
    }

    private readonly struct ExplicitBatchStart(List<long> sizes) : IValueEventHandler<Ev>
    {
        public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
        }

        void IValueEventHandler<Ev>.OnBatchStart(long batchSize) => sizes.Add(batchSize);
    }

    /// <summary>A struct: the callback must reach the copy that runs.</summary>
    private struct EarlyRelease(ManualResetEventSlim gate) : IValueEventHandler<Ev>, IEventProcessorSequenceAware
    {
        private Sequence? _own;

        public void SetSequenceCallback(Sequence sequenceCallback) => _own = sequenceCallback;

        public readonly void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
            if (sequence == 4)
                gate.Wait(Eventually.Deadline);
            _own!.SetValue(sequence);
        }
    }
}
