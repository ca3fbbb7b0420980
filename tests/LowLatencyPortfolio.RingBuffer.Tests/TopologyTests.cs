using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class TopologyTests
{
    public static TheoryData<ProducerType> Both => [ProducerType.Single, ProducerType.Multi];

    [Theory, MemberData(nameof(Both))]
    public void Every_handler_sees_every_event_in_order(ProducerType type)
    {
        var disruptor = Rings.NewDisruptor(16, type);
        var (one, two) = (new Recorder(), new Recorder());
        disruptor.HandleEventsWith(one, two);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 100);
        Rings.Drain(disruptor);
        var expected = Enumerable.Range(0, 100).Select(key => (long)key);
        Assert.Equal(expected, one.Keys);
        Assert.Equal(expected, two.Keys);
        Assert.Equal(99, disruptor.GetSequenceValueFor(one));
        Assert.Equal(99, disruptor.Cursor);
    }

    [Fact]
    public void Events_published_before_the_start_are_handled()
    {
        var disruptor = Rings.NewDisruptor();
        var handler = new Recorder();
        disruptor.HandleEventsWith(handler);
        disruptor.RingBuffer.PublishKeys(0, 5);
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal(5, handler.Count);
    }

    [Fact]
    public void A_handler_added_after_publishing_begins_at_now()
    {
        var disruptor = Rings.NewDisruptor();
        disruptor.RingBuffer.PublishKeys(0, 5);
        var (first, second) = (new Recorder(), new Recorder());
        disruptor.HandleEventsWith(first).Then(second);
        Assert.Equal(4, disruptor.GetSequenceValueFor(first));
        Assert.Equal(4, disruptor.GetSequenceValueFor(second));
        disruptor.RingBuffer.PublishKeys(5, 2);
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal([5, 6], first.Keys);
        Assert.Equal([5, 6], second.Keys);
    }

    [Fact]
    public void A_dependent_sees_an_event_after_all_that_come_first()
    {
        var disruptor = Rings.NewDisruptor(8);
        var early = 0;
        disruptor
            .HandleEventsWith(
                new Acting((ref data, _, _) => data.StageOne = data.Key),
                new Acting((ref data, _, _) => data.StageTwo = data.Key))
            .Then(new Acting((ref data, _, _) =>
            {
                if (data.StageOne != data.Key || data.StageTwo != data.Key)
                    Interlocked.Increment(ref early);
            }));
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(1, 20_000);
        Rings.Drain(disruptor);
        Assert.Equal(0, early);
    }

    [Fact]
    public void Only_the_end_of_a_chain_holds_the_producer_back()
    {
        var disruptor = Rings.NewDisruptor(4);
        var gate = new ManualResetEventSlim();
        var first = new Recorder();
        var last = new Recorder { Before = _ => gate.Wait(Eventually.Deadline) };
        disruptor.HandleEventsWith(first).Then(last);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 4);
        Eventually.True(() => first.Count == 4);
        Assert.Equal(0, disruptor.RingBuffer.GetRemainingCapacity());
        Assert.False(disruptor.RingBuffer.TryNext(out _));
        Assert.Equal(-1, disruptor.RingBuffer.GetMinimumGatingSequence());
        gate.Set();
        Eventually.True(() => disruptor.RingBuffer.GetRemainingCapacity() == 4);
        Rings.Drain(disruptor);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_producer_is_held_back_by_the_slowest_of_several_handlers(int? maxBatchSize)
    {
        var disruptor = Rings.NewDisruptor(4);
        var gate = new ManualResetEventSlim();
        var fast = new Recorder { MaxBatchSize = maxBatchSize };
        var slow = new Recorder { MaxBatchSize = maxBatchSize, Before = _ => gate.Wait(Eventually.Deadline) };
        disruptor.HandleEventsWith(fast, slow);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 4);
        Eventually.True(() => fast.Count == 4);
        Assert.False(disruptor.RingBuffer.TryPublishEvent().HasEvent);
        gate.Set();
        disruptor.RingBuffer.PublishKeys(4, 1);
        Rings.Drain(disruptor);
        Assert.Equal([0, 1, 2, 3, 4], slow.Keys);
    }

    [Fact]
    public void And_waits_for_both_groups()
    {
        var disruptor = Rings.NewDisruptor();
        var gate = new ManualResetEventSlim();
        var left = new Recorder();
        var right = new Recorder { Before = _ => gate.Wait(Eventually.Deadline) };
        var joined = new Recorder();
        var leftGroup = disruptor.HandleEventsWith(left);
        disruptor.HandleEventsWith(right).And(leftGroup).Then(joined);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 3);
        Eventually.True(() => left.Count == 3);
        Assert.Equal(0, joined.Count);
        Assert.Equal(2, disruptor.GetDependentSequencesFor(joined)!.DependentSequenceCount);
        gate.Set();
        Rings.Drain(disruptor);
        Assert.Equal(3, joined.Count);
    }

    [Fact]
    public void After_names_some_of_the_handlers()
    {
        var disruptor = Rings.NewDisruptor();
        var gate = new ManualResetEventSlim();
        var waitedFor = new Recorder();
        var ignored = new Recorder { Before = _ => gate.Wait(Eventually.Deadline) };
        var dependent = new Recorder();
        disruptor.HandleEventsWith(waitedFor, ignored);
        disruptor.After(waitedFor).HandleEventsWith(dependent);
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(0, 3);
        Eventually.True(() => dependent.Count == 3);
        Assert.Equal(0, ignored.Count);
        gate.Set();
        Rings.Drain(disruptor);
    }

    [Fact]
    public void Handlers_are_known_by_identity()
    {
        var disruptor = Rings.NewDisruptor();
        disruptor.HandleEventsWith(new AlwaysEqual());
        Assert.Throws<ArgumentException>(() => disruptor.After(new AlwaysEqual()));
        Assert.Throws<ArgumentException>(() => disruptor.GetSequenceValueFor(new AlwaysEqual()));
        Assert.Null(disruptor.GetDependentSequencesFor(new AlwaysEqual()));
    }

    [Fact]
    public void Dependencies_can_be_asked_for_and_tagged()
    {
        var disruptor = Rings.NewDisruptor();
        var (first, second) = (new Recorder(), new Recorder());
        disruptor.HandleEventsWith(first).Then(second);
        Assert.True(disruptor.GetDependentSequencesFor(first)!.DependsOnCursor);
        Assert.False(disruptor.GetDependentSequencesFor(second)!.DependsOnCursor);
        disruptor.GetDependentSequencesFor(second)!.Tag = "hot";
        Assert.Equal("hot", disruptor.GetDependentSequencesFor(second)!.Tag);
    }

    [Fact]
    public void Adding_nobody_changes_nothing()
    {
        var disruptor = Rings.NewDisruptor(4);
        var handler = new Recorder();
        disruptor.HandleEventsWith(handler).Then(Array.Empty<IValueEventHandler<Ev>>());
        disruptor.RingBuffer.PublishKeys(0, 4);
        Assert.False(disruptor.RingBuffer.TryNext(out _));
        Rings.Start(disruptor);
        Rings.Drain(disruptor);
        Assert.Equal(4, handler.Count);
    }

    [Fact]
    public void Handlers_cannot_be_added_after_the_start()
    {
        var disruptor = Rings.NewDisruptor();
        var group = disruptor.HandleEventsWith(new Recorder());
        Rings.Start(disruptor);
        Assert.Throws<InvalidOperationException>(() => disruptor.HandleEventsWith(new Recorder()));
        Assert.Throws<InvalidOperationException>(() => group.Then(new Recorder()));
        Rings.Halt(disruptor);
    }

    [Fact]
    public void A_struct_handler_is_copied_and_keeps_its_own_state()
    {
        var disruptor = Rings.NewDisruptor();
        var totals = new long[1];
        disruptor.HandleEventsWith(new Summing(totals));
        Rings.Start(disruptor);
        disruptor.RingBuffer.PublishKeys(1, 100);
        Rings.Drain(disruptor);
        Assert.Equal(5050, totals[0]);
    }

    private sealed class AlwaysEqual : IValueEventHandler<Ev>
    {
        public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
        {
        }

        public override bool Equals(object? obj) => obj is AlwaysEqual;

        public override int GetHashCode() => 1;
    }

    private struct Summing(long[] totals) : IValueEventHandler<Ev>
    {
        private long _sum;

        public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => totals[0] = _sum += data.Key;
    }
}
