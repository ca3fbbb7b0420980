using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class PollerTests
{
    [Theory]
    [InlineData(ProducerType.Single)]
    [InlineData(ProducerType.Multi)]
    public void It_reads_what_is_published_and_says_what_it_found(ProducerType type)
    {
        var ring = Rings.NewRing(8, type);
        var first = new Sequence();
        ring.AddGatingSequences(first);
        var poller = ring.NewPoller(first);
        var seen = new List<long>();
        bool Handle(ref Ev data, long sequence, bool endOfBatch)
        {
            seen.Add(data.Key);
            return !endOfBatch;
        }

        Assert.Equal(EventPoller.PollState.Idle, poller.Poll(Handle));
        ring.PublishKeys(0, 3);
        Assert.Equal(EventPoller.PollState.Gating, poller.Poll(Handle));
        first.SetValue(1);
        Assert.Equal(EventPoller.PollState.Processing, poller.Poll(Handle));
        Assert.Equal([0, 1], seen);
        Assert.Equal(1, poller.Sequence.Value);
        Assert.Equal(EventPoller.PollState.Gating, poller.Poll(Handle));
    }

    [Fact]
    public void Returning_false_ends_the_poll_after_that_event()
    {
        var ring = Rings.NewRing(8);
        var poller = ring.NewPoller();
        ring.PublishKeys(0, 5);
        var seen = new List<(long Key, bool End)>();
        bool TwoAtATime(ref Ev data, long sequence, bool endOfBatch)
        {
            seen.Add((data.Key, endOfBatch));
            return seen.Count % 2 != 0;
        }

        poller.Poll(TwoAtATime);
        Assert.Equal(1, poller.Sequence.Value);
        poller.Poll(TwoAtATime);
        poller.Poll(TwoAtATime);
        Assert.Equal([(0, false), (1, false), (2, false), (3, false), (4, true)], seen);
        Assert.Equal(EventPoller.PollState.Idle, poller.Poll(TwoAtATime));
    }

    [Fact]
    public void A_full_ring_is_freed_by_polling()
    {
        var ring = Rings.NewRing(4);
        var poller = ring.NewPoller();
        ring.AddGatingSequences(poller.Sequence);
        ring.PublishKeys(0, 4);
        Assert.False(ring.TryNext(out _));
        Assert.Equal(EventPoller.PollState.Processing, poller.Poll((ref Ev _, long _, bool _) => true));
        Assert.Equal(4, ring.GetRemainingCapacity());
        Assert.True(ring.TryNext(out _));
    }

    [Fact]
    public void A_claimed_gap_of_several_producers_is_not_read()
    {
        var ring = Rings.NewRing(8, ProducerType.Multi);
        var poller = ring.NewPoller();
        ring.Next(2);
        ring.Publish(1);
        Assert.NotEqual(EventPoller.PollState.Processing, poller.Poll((ref Ev _, long _, bool _) => true));
        ring.Publish(0);
        Assert.Equal(EventPoller.PollState.Processing, poller.Poll((ref Ev _, long _, bool _) => true));
        Assert.Equal(1, poller.Sequence.Value);
    }

    [Fact]
    public void An_event_that_threw_is_read_again()
    {
        var ring = Rings.NewRing(8);
        var poller = ring.NewPoller();
        ring.PublishKeys(0, 3);
        var fail = true;
        var seen = new List<long>();
        bool Handle(ref Ev data, long sequence, bool endOfBatch)
        {
            if (sequence == 1 && fail)
                throw new FormatException();
            seen.Add(data.Key);
            return true;
        }

        Assert.Throws<FormatException>(() => poller.Poll(Handle));
        Assert.Equal(0, poller.Sequence.Value);
        fail = false;
        poller.Poll(Handle);
        Assert.Equal([0, 1, 2], seen);
    }
}
