using Disruptor;
using Disruptor.Dsl;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class AllocationTests
{
    private const int WarmUp = 2_000;
    private const int Measured = 10_000;

    public static TheoryData<string, ProducerType> Cases
    {
        get
        {
            var data = new TheoryData<string, ProducerType>();
            foreach (var kind in Enum.GetNames<RingAdapter.WaitKind>())
            {
                data.Add(kind, ProducerType.Single);
                data.Add(kind, ProducerType.Multi);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Publishing_and_handling_allocate_nothing(string wait, ProducerType type)
    {
        var strategy = RingAdapter.CreateWaitStrategy(Enum.Parse<RingAdapter.WaitKind>(wait));
        var disruptor = Rings.NewDisruptor(256, type, strategy);
        var (first, second) = (new Meter(), new Meter());
        disruptor.HandleEventsWith(new Metered(first)).Then(new MeteredClass(second));
        Rings.Start(disruptor);
        Publish(disruptor.RingBuffer, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Publish(disruptor.RingBuffer, Measured);
        var published = GC.GetAllocatedBytesForCurrentThread() - before;
        Rings.Drain(disruptor);
        Assert.Equal((0, 0, 0), (published, first.Bytes, second.Bytes));
        Assert.Equal(WarmUp + Measured, second.Events);
    }

    [Fact]
    public void Polling_allocates_nothing()
    {
        // The least of five runs, all on this thread: the runtime itself may allocate while it recompiles a method that
        // has become hot; code that allocates does so every time.
        var least = long.MaxValue;
        for (var run = 0; run < 5 && least > 0; run++)
        {
            var ring = Rings.NewRing(256);
            var meter = new Meter();
            var poller = new RingAdapter.StagePoller<Ev, Metered>(ring, new Metered(meter));
            for (var i = 0; i < WarmUp + Measured; i++)
            {
                ring.PublishKeys(i, 1);
                poller.Poll();
                poller.Poll();
            }

            Assert.Equal(WarmUp + Measured, meter.Events);
            least = Math.Min(least, meter.Bytes);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_meter_sees_an_allocation()
    {
        var disruptor = Rings.NewDisruptor(256);
        var meter = new Meter { AllocatesAt = WarmUp + 10 };
        disruptor.HandleEventsWith(new Metered(meter));
        Rings.Start(disruptor);
        Publish(disruptor.RingBuffer, WarmUp + Measured);
        Rings.Drain(disruptor);
        Assert.InRange(meter.Bytes, 1, 100);
    }

    private static void Publish(ValueRingBuffer<Ev> ring, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using (var scope = ring.PublishEvent())
                scope.Event().Fill(i);
            if (i % 16 != 0)
                continue;
            i++;
            using var tried = ring.TryPublishEvent();
            if (tried.TryGetEvent(out var slot))
                slot.Event().Fill(i);
            else
                i--;
        }
    }

    /// <summary>Bytes the handler's thread allocated between the end of the warm-up and the last event.</summary>
    private sealed class Meter
    {
        private long _before;

        public int AllocatesAt { get; init; } = -1;

        public object? Kept { get; private set; }

        public int Events { get; private set; }

        public long Bytes { get; private set; }

        public void See()
        {
            if (++Events == AllocatesAt)
                Kept = new object();
            if (Events == WarmUp)
                _before = GC.GetAllocatedBytesForCurrentThread();
            else if (Events > WarmUp)
                Bytes = GC.GetAllocatedBytesForCurrentThread() - _before;
        }
    }

    private readonly struct Metered(Meter meter) : IValueEventHandler<Ev>
    {
        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => meter.See();
    }

    private sealed class MeteredClass(Meter meter) : IValueEventHandler<Ev>
    {
        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => meter.See();
    }
}
