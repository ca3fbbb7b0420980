using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class RingBufferTests
{
    [Fact]
    public void The_factory_fills_every_slot_once()
    {
        var made = 0;
        var ring = new ValueRingBuffer<Ev>(() => new Ev { Key = made++ }, 8);
        Assert.Equal(8, made);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (long)i), Enumerable.Range(0, 8).Select(i => ring[i].Key));
        Assert.Equal(8, ring.BufferSize);
    }

    [Fact]
    public void Slots_come_round_again_and_are_not_cleared()
    {
        var ring = Rings.NewRing(4);
        ring.PublishKeys(100, 5);
        Assert.Equal(104, ring[4].Key);
        Assert.Equal(104, ring[0].Key);
        ring.Next();
        Assert.Equal(101, ring[5].Key);
    }

    [Fact]
    public void Every_sequence_has_the_slot_of_its_lap()
    {
        var ring = Rings.NewRing(8);
        for (var sequence = 0L; sequence < 8; sequence++)
            ring[sequence].Key = sequence;
        foreach (var lap in new[] { 1L, 1000, 1L << 40 })
        {
            for (var sequence = 0; sequence < 8; sequence++)
                Assert.Equal(sequence, ring[(lap * 8) + sequence].Key);
        }
    }

    [Fact]
    public void Slots_with_references_work_as_well()
    {
        var ring = ValueRingBuffer<Pair>.CreateSingleProducer(() => new Pair(1, "new"), 4);
        ring[0] = new Pair(2, "first");
        ring[3] = new Pair(3, "last");
        GC.Collect();
        Assert.Equal([new Pair(2, "first"), new Pair(1, "new"), new Pair(1, "new"), new Pair(3, "last")],
            Enumerable.Range(0, 4).Select(sequence => ring[sequence]));
    }

    [Fact]
    public void Claiming_a_sequence_gives_its_slot_as_it_is()
    {
        var ring = Rings.NewRing(4);
        ring[2].Key = 9;
        Assert.Equal(9, ring.ClaimAndGetPreallocated(2).Key);
        Assert.Equal(3, ring.Next());
    }

    [Theory]
    [InlineData(ProducerType.Single)]
    [InlineData(ProducerType.Multi)]
    public void The_producer_does_not_overtake_the_consumer(ProducerType type)
    {
        var ring = Rings.NewRing(4, type);
        var consumer = new Sequence();
        ring.AddGatingSequences(consumer);
        for (var read = -1L; read < 50; consumer.SetValue(++read))
        {
            while (ring.TryNext(out var sequence))
            {
                ring[sequence].Fill(sequence);
                ring.Publish(sequence);
            }

            Assert.Equal(read + 4, ring.Cursor);
            Assert.Equal(read + 1, ring[read + 1].Key);
            Assert.Equal(read, ring.GetMinimumGatingSequence());
        }
    }

    [Fact]
    public void Factories_make_what_their_names_say()
    {
        // With several producers the cursor moves at the claim, with one at the publishing.
        var single = ValueRingBuffer<Ev>.CreateSingleProducer(() => default, 4);
        single.Next();
        Assert.Equal(-1, single.Cursor);
        var several = ValueRingBuffer<Ev>.CreateMultiProducer(() => default, 4);
        several.Next();
        Assert.Equal(0, several.Cursor);
    }

    private readonly record struct Pair(long Number, string Text);
}
