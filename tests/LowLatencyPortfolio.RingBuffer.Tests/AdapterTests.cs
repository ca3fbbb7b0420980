using Disruptor;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class AdapterTests
{
    [Fact]
    public void Every_wait_kind_has_a_strategy()
    {
        foreach (var kind in Enum.GetValues<RingAdapter.WaitKind>())
            Assert.NotNull(RingAdapter.CreateWaitStrategy(kind));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingAdapter.CreateWaitStrategy((RingAdapter.WaitKind)99));
    }

    [Fact]
    public void A_dead_stage_is_seen_and_frees_a_waiting_producer()
    {
        var disruptor = Rings.NewDisruptor(4);
        var watch = new RingAdapter.StageWatch<Ev>(new ValueFatalExceptionHandler<Ev>());
        disruptor.SetDefaultExceptionHandler(watch);
        disruptor.HandleEventsWith(new Acting((ref _, _, _) => throw new FormatException("bad event")));
        Rings.Start(disruptor);
        Assert.False(RingAdapter.IsDead(disruptor, watch));
        Assert.ThrowsAny<InvalidOperationException>(() => PublishForEver(disruptor.RingBuffer, watch));
        Assert.True(RingAdapter.IsDead(disruptor, watch));
        Assert.Equal("bad event", watch.Cause!.Message);
        Assert.False(RingAdapter.ShutdownAndDrain(disruptor, watch, Eventually.Deadline));
    }

    [Fact]
    public void An_exception_that_was_dealt_with_is_no_death()
    {
        var disruptor = Rings.NewDisruptor(4);
        var exceptions = new RecordingExceptionHandler();
        var watch = new RingAdapter.StageWatch<Ev>(exceptions);
        disruptor.SetDefaultExceptionHandler(watch);
        disruptor.HandleEventsWith(new Acting((ref _, _, _) => throw new FormatException()));
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 10);
        Assert.True(RingAdapter.ShutdownAndDrain(disruptor, watch, Eventually.Deadline));
        Assert.False(watch.IsDead);
        Assert.Equal(10, exceptions.Seen.Count);
    }

    [Fact]
    public void Draining_gives_up_when_time_is_up_and_halts()
    {
        var disruptor = Rings.NewDisruptor(64);
        var handler = new Recorder
        {
            MaxBatchSize = 1,
            Before = _ => SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(20)),
        };
        disruptor.HandleEventsWith(handler);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 64);
        var watch = new RingAdapter.StageWatch<Ev>(new ValueFatalExceptionHandler<Ev>());
        Assert.False(RingAdapter.ShutdownAndDrain(disruptor, watch, TimeSpan.FromMilliseconds(300)));
        Assert.InRange(handler.Count, 0, 63);
        Assert.Throws<InvalidOperationException>(() => Rings.Halt(disruptor));
    }

    [Fact]
    public void A_poller_begins_at_now_and_respects_its_batch_size()
    {
        var ring = Rings.NewRing(8);
        ring.PublishKeys(0, 2);
        var seen = new List<(long Key, bool End)>();
        var poller = new RingAdapter.StagePoller<Ev, Acting>(
            ring, new Acting((ref data, _, end) => seen.Add((data.Key, end))), maxBatchSize: 2);
        Assert.Equal(EventPoller.PollState.Idle, poller.Poll());
        ring.PublishKeys(2, 3);
        Assert.Equal(EventPoller.PollState.Processing, poller.Poll());
        Assert.Equal([(2, false), (3, true)], seen);
        Assert.Equal(3, poller.Sequence);
        poller.Poll();
        Assert.Equal((4, true), seen[^1]);
        Assert.Equal(8, ring.GetRemainingCapacity());
    }

    [Fact]
    public void An_event_that_made_a_polled_handler_throw_can_be_skipped()
    {
        var ring = Rings.NewRing(8);
        var seen = new List<long>();
        var poller = new RingAdapter.StagePoller<Ev, Acting>(ring, new Acting((ref data, _, _) =>
        {
            if (data.Key == 1)
                throw new FormatException();
            seen.Add(data.Key);
        }));
        ring.PublishKeys(0, 3);
        Assert.Throws<FormatException>(() => poller.Poll());
        Assert.Equal(0, poller.Sequence);
        Assert.Throws<FormatException>(() => poller.Poll());
        poller.SkipFailedEvent();
        poller.Poll();
        Assert.Equal([0, 2], seen);
    }

    private static void PublishForEver(ValueRingBuffer<Ev> ring, RingAdapter.StageWatch<Ev> watch)
    {
        while (true)
        {
            var sequence = RingAdapter.Next(ring, watch);
            ring[sequence].Fill(sequence);
            ring.Publish(sequence);
        }
    }
}
