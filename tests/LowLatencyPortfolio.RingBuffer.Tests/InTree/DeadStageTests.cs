using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>What the package does not do: a stage that ends by an exception is noticed.</summary>
public class DeadStageTests
{
    public static TheoryData<ProducerType> Both => [ProducerType.Single, ProducerType.Multi];

    [Theory, MemberData(nameof(Both))]
    public void A_waiting_producer_is_told(ProducerType type)
    {
        var disruptor = Rings.NewDisruptor(4, type);
        var ring = disruptor.RingBuffer;
        disruptor.HandleEventsWith(DiesAt(2));
        Rings.Start(disruptor);
        Assert.False(ring.IsStopped);
        RingBufferStoppedException? told = null;
        Eventually.Join(Eventually.Thread(() =>
            told = Assert.Throws<RingBufferStoppedException>(() => ring.PublishKeys(0, 1000))));
        Assert.IsType<FormatException>(told!.InnerException);
        Assert.True(ring.IsStopped);
        Assert.Same(told.InnerException, ring.StopCause);
        Assert.False(ring.TryNext(out _));
        Assert.False(ring.TryPublishEvent().HasEvent);
        Assert.False(ring.TryPublishEvents(2).HasEvents);
        Assert.Throws<RingBufferStoppedException>(() => { _ = ring.PublishEvents(2); });
        disruptor.Dispose();
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Halting_frees_a_waiting_producer_too(ProducerType type)
    {
        var disruptor = Rings.NewDisruptor(4, type);
        var gate = new ManualResetEventSlim();
        disruptor.HandleEventsWith(new Recorder { MaxBatchSize = 1, Before = _ => gate.Wait(Eventually.Deadline) });
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        var producing = Eventually.Thread(() => disruptor.RingBuffer.PublishKeys(0, 1000));
        Eventually.True(() => disruptor.RingBuffer.GetRemainingCapacity() == 0);
        var halted = disruptor.Halt();
        gate.Set();
        var told = await Assert.ThrowsAsync<RingBufferStoppedException>(() => producing.WaitAsync(Eventually.Deadline));
        Assert.Null(told.InnerException);
        Assert.True(disruptor.RingBuffer.IsStopped);
        Assert.Null(disruptor.RingBuffer.StopCause);
        await halted.WaitAsync(Eventually.Deadline);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Shutdown_with_a_full_ring_and_a_dead_stage_drains_what_can_be_drained(ProducerType type)
    {
        var disruptor = Rings.NewDisruptor(8, type);
        var (behind, beside) = (new Recorder(), new Recorder());
        disruptor.HandleEventsWith(DiesAt(3)).Then(behind);
        disruptor.HandleEventsWith(beside);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        Eventually.Join(Eventually.Thread(() =>
            Assert.Throws<RingBufferStoppedException>(() => disruptor.RingBuffer.PublishKeys(0, 1000))));
        Assert.Equal(0, disruptor.RingBuffer.GetRemainingCapacity());
        await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
        Assert.Equal(disruptor.GetSequenceValueFor(behind) + 1, behind.Count);
        Assert.True(behind.Count <= 3);
        Assert.True(beside.Count >= 8);
        Assert.False(disruptor.IsRunning);
    }

    [Fact]
    public async Task A_dead_stage_still_gets_its_shutdown()
    {
        var disruptor = Rings.NewDisruptor();
        var handler = new Failing { FailsOnEvent = true };
        disruptor.HandleEventsWith(handler);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        disruptor.RingBuffer.PublishKeys(0, 1);
        Eventually.True(() => handler.HasShutDown);
        Assert.Equal("event", disruptor.RingBuffer.StopCause!.Message);
        await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task Start_faults_when_a_stage_does_not_start()
    {
        var disruptor = Rings.NewDisruptor();
        var (bad, good) = (new Failing { FailsOnStart = true }, new Recorder());
        disruptor.HandleEventsWith(bad, good);
        var fault = await Assert.ThrowsAsync<ApplicationException>(
            () => disruptor.Start().WaitAsync(Eventually.Deadline));
        Assert.Equal("start", fault.InnerException!.Message);
        Assert.Same(fault.InnerException, disruptor.RingBuffer.StopCause);
        Assert.False(bad.HasShutDown);
        await disruptor.Halt().WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task A_stage_starts_after_a_handled_exception()
    {
        var disruptor = Rings.NewDisruptor();
        var exceptions = new RecordingExceptionHandler();
        var handler = new Failing { FailsOnStart = true };
        disruptor.HandleEventsWith(handler);
        disruptor.SetDefaultExceptionHandler(exceptions);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        disruptor.RingBuffer.PublishKeys(0, 1);
        await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
        Assert.Equal("start", exceptions.Seen.Single().Where);
        Assert.True(handler.HasShutDown);
        Assert.Null(disruptor.RingBuffer.StopCause);
    }

    [Fact]
    public async Task Halt_faults_when_a_shutdown_failed()
    {
        var disruptor = Rings.NewDisruptor();
        disruptor.HandleEventsWith(new Failing { FailsOnShutdown = true });
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        var fault = await Assert.ThrowsAsync<ApplicationException>(
            () => disruptor.Halt().WaitAsync(Eventually.Deadline));
        Assert.Equal("shutdown", fault.InnerException!.Message);
    }

    [Fact]
    public async Task A_fatal_timeout_ends_the_stage_as_well()
    {
        var strategy = new TimeoutBlockingWaitStrategy(TimeSpan.FromMilliseconds(1));
        var disruptor = Rings.NewDisruptor(8, ProducerType.Single, strategy);
        var handler = new Failing { FailsOnTimeout = true };
        disruptor.HandleEventsWith(handler);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        Eventually.True(() => handler.HasShutDown);
        Assert.Equal("timeout", disruptor.RingBuffer.StopCause!.Message);
        await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public void The_library_cannot_write_to_the_console() => Assert.DoesNotContain(
        typeof(Sequence).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "System.Console");

    private static Recorder DiesAt(long fatal) => new()
    {
        Before = sequence =>
        {
            if (sequence == fatal)
                throw new FormatException();
        },
    };

    private sealed class Failing : IValueEventHandler<Ev>
    {
        private volatile bool _hasShutDown;

        public bool FailsOnStart { get; init; }

        public bool FailsOnEvent { get; init; }

        public bool FailsOnTimeout { get; init; }

        public bool FailsOnShutdown { get; init; }

        public bool HasShutDown => _hasShutDown;

        public void OnStart() => ThrowIf(FailsOnStart, "start");

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => ThrowIf(FailsOnEvent, "event");

        public void OnTimeout(long sequence) => ThrowIf(FailsOnTimeout, "timeout");

        public void OnShutdown()
        {
            _hasShutDown = true;
            ThrowIf(FailsOnShutdown, "shutdown");
        }

        private static void ThrowIf(bool fails, string where)
        {
            if (fails)
                throw new FormatException(where);
        }
    }
}
