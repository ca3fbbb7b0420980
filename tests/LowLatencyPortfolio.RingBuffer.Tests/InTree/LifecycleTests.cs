using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class LifecycleTests
{
    [Fact]
    public async Task Start_waits_for_OnStart_and_halt_for_OnShutdown()
    {
        var disruptor = Rings.NewDisruptor();
        var (mayStart, mayEnd) = (new ManualResetEventSlim(), new ManualResetEventSlim());
        disruptor.HandleEventsWith(new Gated(mayStart, mayEnd), new Gated(mayStart, mayEnd));
        Assert.False(disruptor.HasStarted);
        var started = disruptor.Start();
        Assert.True(disruptor.HasStarted && disruptor.IsRunning);
        Assert.False(started.IsCompleted);
        mayStart.Set();
        await started.WaitAsync(Eventually.Deadline);
        var halted = disruptor.Halt();
        Assert.False(halted.IsCompleted);
        mayEnd.Set();
        await halted.WaitAsync(Eventually.Deadline);
        Assert.False(disruptor.IsRunning);
        Assert.True(disruptor.HasStarted);
    }

    [Fact]
    public async Task A_wrong_step_throws()
    {
        var disruptor = Rings.NewDisruptor();
        disruptor.HandleEventsWith(new Recorder());
        Assert.Throws<InvalidOperationException>(() => { _ = disruptor.Halt(); });
        Assert.Throws<InvalidOperationException>(() => { _ = disruptor.Shutdown(); });
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        Assert.Throws<InvalidOperationException>(() => { _ = disruptor.Start(); });
        await disruptor.Halt().WaitAsync(Eventually.Deadline);
        Assert.Throws<InvalidOperationException>(() => { _ = disruptor.Halt(); });
        Assert.Throws<InvalidOperationException>(() => { _ = disruptor.Start(); });
        Assert.Throws<InvalidOperationException>(() => { _ = disruptor.Shutdown(); });
        disruptor.Dispose();
        disruptor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = disruptor.Start(); });
        Assert.Throws<ObjectDisposedException>(() => { disruptor.HandleEventsWith(new Recorder()); });
    }

    [Fact]
    public async Task Disposing_halts()
    {
        var disruptor = Rings.NewDisruptor();
        var ended = new ManualResetEventSlim(true);
        var handler = new Gated(ended, ended);
        disruptor.HandleEventsWith(handler);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        disruptor.Dispose();
        Eventually.True(() => handler.HasEnded);
    }

    [Fact]
    public async Task Halt_does_not_drain()
    {
        var disruptor = Rings.NewDisruptor(16);
        var gate = new ManualResetEventSlim();
        var handler = new Recorder { MaxBatchSize = 1, Before = _ => gate.Wait(Eventually.Deadline) };
        disruptor.HandleEventsWith(handler);
        disruptor.RingBuffer.PublishKeys(0, 10);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        var halted = disruptor.Halt();
        gate.Set();
        await halted.WaitAsync(Eventually.Deadline);
        Assert.InRange(handler.Count, 0, 1);
    }

    [Fact]
    public async Task Shutdown_gives_up_when_time_is_up_and_leaves_the_handlers_running()
    {
        var disruptor = Rings.NewDisruptor(16);
        var gate = new ManualResetEventSlim();
        var handler = new Recorder { Before = _ => gate.Wait(Eventually.Deadline) };
        disruptor.HandleEventsWith(handler);
        disruptor.RingBuffer.PublishKeys(0, 10);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        await Assert.ThrowsAsync<TimeoutException>(() => disruptor.Shutdown(TimeSpan.FromMilliseconds(20)));
        await Assert.ThrowsAsync<TimeoutException>(() => disruptor.Shutdown(TimeSpan.Zero));
        Assert.True(disruptor.IsRunning);
        gate.Set();
        await disruptor.Shutdown(TimeSpan.MaxValue).WaitAsync(Eventually.Deadline);
        Assert.Equal(10, handler.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public async Task A_shutdown_without_limit_drains(long timeoutMs)
    {
        var disruptor = Rings.NewDisruptor(16);
        var (first, second) = (new Recorder(), new Recorder());
        disruptor.HandleEventsWith(first).Then(second);
        disruptor.RingBuffer.PublishKeys(0, 16);
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        var timeout = timeoutMs < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.MaxValue;
        await disruptor.Shutdown(timeout).WaitAsync(Eventually.Deadline);
        Assert.Equal(16, second.Count);
    }

    [Fact]
    public async Task A_negative_timeout_is_refused()
    {
        var disruptor = Rings.NewDisruptor();
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = disruptor.Shutdown(TimeSpan.FromSeconds(-2)); });
        await disruptor.Halt();
    }

    [Fact]
    public async Task A_shutdown_right_after_the_start_waits_for_handlers_whose_threads_do_not_run_yet()
    {
        for (var i = 0; i < 100; i++)
        {
            var disruptor = Rings.NewDisruptor(16);
            var handler = new Recorder();
            disruptor.HandleEventsWith(handler);
            disruptor.RingBuffer.PublishKeys(0, 16);
            _ = disruptor.Start();
            await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
            Assert.Equal(16, handler.Count);
        }
    }

    [Fact]
    public async Task Processors_of_the_users_own_stand_anywhere_in_a_chain()
    {
        var disruptor = Rings.NewDisruptor(16);
        var (one, two, three) = (new Recorder(), new Recorder(), new Recorder());
        var outside = disruptor.RingBuffer.CreateEventProcessor(disruptor.RingBuffer.NewBarrier(one), one);
        disruptor.HandleEventsWith(outside).Then(Create(two)).Then(three);
        disruptor.After(outside).And(disruptor.HandleEventsWith(Create(new Recorder()))).Then(new Recorder());
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        disruptor.RingBuffer.PublishKeys(0, 100);
        await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
        Assert.Equal((100, 100, 100), (one.Count, two.Count, three.Count));

        static ValueEventProcessorCreator<Ev> Create(Recorder handler) =>
            (ring, barrier) => ring.CreateEventProcessor(barrier, handler);
    }

    [Fact]
    public async Task A_group_gives_a_barrier_behind_it()
    {
        var disruptor = Rings.NewDisruptor(16);
        var barrier = disruptor.HandleEventsWith(new Recorder(), new Recorder()).AsSequenceBarrier();
        await disruptor.Start().WaitAsync(Eventually.Deadline);
        disruptor.RingBuffer.PublishKeys(0, 3);
        Eventually.Join(Eventually.Thread(() => Assert.Equal(2, barrier.WaitFor(2).AvailableSequence)));
        Assert.Equal(2, barrier.DependentSequences.DependentSequenceCount);
        await disruptor.Shutdown().WaitAsync(Eventually.Deadline);
    }

    private sealed class Gated(ManualResetEventSlim mayStart, ManualResetEventSlim mayEnd) : IValueEventHandler<Ev>
    {
        public bool HasEnded { get; private set; }

        public void OnStart() => mayStart.Wait(Eventually.Deadline);

        public void OnShutdown()
        {
            mayEnd.Wait(Eventually.Deadline);
            HasEnded = true;
        }

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
        }
    }
}
