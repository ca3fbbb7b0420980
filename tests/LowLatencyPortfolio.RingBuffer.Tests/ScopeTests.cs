using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class ScopeTests
{
    public static TheoryData<ProducerType> Both => [ProducerType.Single, ProducerType.Multi];

    [Theory, MemberData(nameof(Both))]
    public void An_event_is_published_when_its_scope_ends(ProducerType type)
    {
        var ring = Rings.NewRing(4, type);
        using (var scope = ring.PublishEvent())
        {
            Assert.Equal(0, scope.Sequence);
            scope.Event().Fill(42);
            Assert.False(ring.IsAvailable(0));
        }

        Assert.True(ring.IsAvailable(0));
        Assert.Equal(42, ring[0].Key);
    }

    [Theory, MemberData(nameof(Both))]
    public void A_batch_is_published_when_its_scope_ends(ProducerType type)
    {
        var ring = Rings.NewRing(4, type);
        ring.PublishKeys(0, 1);
        using (var scope = ring.PublishEvents(3))
        {
            Assert.Equal((1, 3), (scope.StartSequence, scope.EndSequence));
            for (var i = 0; i < 3; i++)
                scope.Event(i).Fill(10 + i);
            Assert.False(ring.IsAvailable(1));
        }

        Assert.Equal([0, 10, 11, 12], Enumerable.Range(0, 4).Select(sequence => ring[sequence].Key));
        Assert.True(ring.IsAvailable(1) && ring.IsAvailable(2) && ring.IsAvailable(3));
    }

    [Theory, MemberData(nameof(Both))]
    public void Trying_gives_an_event_while_there_is_room(ProducerType type)
    {
        var ring = Rings.NewRing(2, type);
        ring.AddGatingSequences(new Sequence());
        for (var key = 0; key < 2; key++)
        {
            using var scope = ring.TryPublishEvent();
            Assert.True(scope.HasEvent);
            Assert.True(scope.TryGetEvent(out var claimed));
            Assert.Equal(key, claimed.Sequence);
            claimed.Event().Fill(key);
        }

        using (var refused = ring.TryPublishEvent())
        {
            Assert.False(refused.HasEvent);
            Assert.False(refused.TryGetEvent(out _));
        }

        Assert.Equal(1, ring.Cursor);
        Assert.True(ring.IsAvailable(1));
    }

    [Theory, MemberData(nameof(Both))]
    public void Trying_gives_a_batch_only_if_all_of_it_fits(ProducerType type)
    {
        var ring = Rings.NewRing(4, type);
        ring.AddGatingSequences(new Sequence());
        using (var scope = ring.TryPublishEvents(3))
        {
            Assert.True(scope.HasEvents);
            Assert.True(scope.TryGetEvents(out var batch));
            Assert.Equal((0, 2), (batch.StartSequence, batch.EndSequence));
            batch.Event(2).Fill(7);
        }

        using (var refused = ring.TryPublishEvents(2))
        {
            Assert.False(refused.HasEvents);
            Assert.False(refused.TryGetEvents(out _));
        }

        Assert.Equal(2, ring.Cursor);
        Assert.Equal(7, ring[2].Key);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(5)]
    public void A_batch_outside_the_ring_is_refused(int count)
    {
        var ring = Rings.NewRing(4);
        Assert.Throws<ArgumentException>(() => ring.PublishEvents(count));
        Assert.Throws<ArgumentException>(() => ring.TryPublishEvents(count));
    }

    [Fact]
    public void A_scope_publishes_also_when_filling_threw()
    {
        var ring = Rings.NewRing(4);
        Assert.Throws<FormatException>(() => FillBadly(ring));
        Assert.True(ring.IsAvailable(0));
    }

    private static void FillBadly(ValueRingBuffer<Ev> ring)
    {
        using var scope = ring.PublishEvent();
        scope.Event().Key = long.Parse("not a number", System.Globalization.CultureInfo.InvariantCulture);
    }
}
