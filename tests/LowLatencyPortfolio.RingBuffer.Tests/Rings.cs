using Disruptor;
using Disruptor.Dsl;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.RingBuffer.Tests;

internal static class Rings
{
    public static ValueDisruptor<Ev> NewDisruptor(
        int size = 64, ProducerType producer = ProducerType.Single, IWaitStrategy? wait = null) =>
        new(() => default, size, TaskScheduler.Default, producer, wait ?? new YieldingWaitStrategy());

    public static ValueRingBuffer<Ev> NewRing(int size = 4, ProducerType producer = ProducerType.Single) =>
        ValueRingBuffer<Ev>.Create(producer, () => default, size, new YieldingWaitStrategy());

    public static void Start(ValueDisruptor<Ev> disruptor) =>
        RingAdapter.StartAndWait(disruptor, Eventually.Deadline);

    public static void Halt(ValueDisruptor<Ev> disruptor) => RingAdapter.Halt(disruptor, Eventually.Deadline);

    /// <summary>Leaves no spinning threads to the next test.</summary>
    public static void HaltOnFailure(ValueDisruptor<Ev> disruptor, Action action)
    {
        try
        {
            action();
        }
        catch
        {
            Halt(disruptor);
            throw;
        }
    }

    /// <summary>Drains, and fails the test if events were left.</summary>
    public static void Drain(ValueDisruptor<Ev> disruptor)
    {
        var watch = new RingAdapter.StageWatch<Ev>(new ValueFatalExceptionHandler<Ev>());
        Assert.True(RingAdapter.ShutdownAndDrain(disruptor, watch, Eventually.Deadline), "Events were left.");
    }

    public static void PublishKeys(this ValueRingBuffer<Ev> ring, int from, int count)
    {
        for (var key = from; key < from + count; key++)
        {
            using var scope = ring.PublishEvent();
            scope.Event().Fill(key);
        }
    }
}
