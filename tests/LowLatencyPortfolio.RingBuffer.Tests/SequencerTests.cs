using Disruptor;
using Disruptor.Dsl;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class SequencerTests
{
    private const int Size = 16;

    public static TheoryData<ProducerType> Both => [ProducerType.Single, ProducerType.Multi];

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Size_must_be_a_power_of_two(int size)
    {
        Assert.Throws<ArgumentException>(() => New(ProducerType.Single, size));
        Assert.Throws<ArgumentException>(() => New(ProducerType.Multi, size));
    }

    [Theory, MemberData(nameof(Both))]
    public void Cursor_starts_before_the_first_sequence(ProducerType type)
    {
        var sequencer = New(type);
        Assert.Equal(-1, sequencer.Cursor);
        Assert.Equal(0, sequencer.Next());
    }

    [Theory, MemberData(nameof(Both))]
    public void Batch_claim_returns_the_highest_sequence(ProducerType type)
    {
        var sequencer = New(type);
        Assert.Equal(3, sequencer.Next(4));
        Assert.Equal(4, sequencer.Next());
        Assert.True(sequencer.TryNext(2, out var highest));
        Assert.Equal(6, highest);
    }

    [Theory, MemberData(nameof(Both))]
    public void Counts_outside_the_ring_are_refused(ProducerType type)
    {
        var sequencer = New(type);
        foreach (var n in new[] { int.MinValue, -1, 0, Size + 1, int.MaxValue })
        {
            Assert.Throws<ArgumentException>(() => sequencer.Next(n));
            Assert.Throws<ArgumentException>(() => sequencer.TryNext(n, out _));
        }

        Assert.Equal(0, sequencer.Next());
    }

    [Theory, MemberData(nameof(Both))]
    public void The_whole_ring_can_be_claimed_at_once(ProducerType type)
    {
        var sequencer = New(type);
        sequencer.AddGatingSequences(new Sequence());
        Assert.Equal(Size - 1, sequencer.Next(Size));
        Assert.False(sequencer.TryNext(out _));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_full_ring_refuses_and_changes_nothing(ProducerType type)
    {
        var sequencer = New(type);
        var consumer = new Sequence();
        sequencer.AddGatingSequences(consumer);
        for (var i = 0; i < Size; i++)
            sequencer.Publish(sequencer.Next());
        var before = sequencer.Cursor;
        Assert.False(sequencer.TryNext(out _));
        Assert.False(sequencer.TryNext(3, out _));
        Assert.False(sequencer.HasAvailableCapacity(1));
        Assert.Equal(0, sequencer.GetRemainingCapacity());
        Assert.Equal(before, sequencer.Cursor);

        consumer.SetValue(1);
        Assert.True(sequencer.HasAvailableCapacity(2));
        Assert.False(sequencer.HasAvailableCapacity(3));
        Assert.False(sequencer.TryNext(3, out _));
        Assert.True(sequencer.TryNext(2, out var highest));
        Assert.Equal(Size + 1, highest);
    }

    [Theory, MemberData(nameof(Both))]
    public void Without_consumers_the_producer_laps_the_ring(ProducerType type)
    {
        var sequencer = New(type);
        for (var i = 0; i < 5 * Size; i++)
            sequencer.Publish(sequencer.Next());
        Assert.Equal((5 * Size) - 1, sequencer.Cursor);
        Assert.Equal(Size, sequencer.GetRemainingCapacity());
    }

    [Theory, MemberData(nameof(Both))]
    public void Next_waits_until_a_consumer_moves(ProducerType type)
    {
        var sequencer = New(type);
        var consumer = new Sequence();
        sequencer.AddGatingSequences(consumer);
        sequencer.Publish(0, sequencer.Next(Size));
        var claimed = -1L;
        using var trying = new ManualResetEventSlim();
        var producer = Eventually.Thread(() =>
        {
            trying.Set();
            Volatile.Write(ref claimed, sequencer.Next());
        });
        Assert.True(trying.Wait(Eventually.Deadline));
        Assert.False(SpinWait.SpinUntil(() => producer.IsCompleted, TimeSpan.FromMilliseconds(30)));
        Assert.Equal(-1, Volatile.Read(ref claimed));
        consumer.SetValue(0);
        Eventually.Join(producer);
        Assert.Equal(Size, Volatile.Read(ref claimed));
    }

    [Theory, MemberData(nameof(Both))]
    public void Remaining_capacity_counts_what_is_claimed(ProducerType type)
    {
        var sequencer = New(type);
        var consumer = new Sequence();
        sequencer.AddGatingSequences(consumer);
        Assert.Equal(Size, sequencer.GetRemainingCapacity());
        sequencer.Publish(sequencer.Next());
        sequencer.Next(3);
        Assert.Equal(Size - 4, sequencer.GetRemainingCapacity());
        consumer.SetValue(0);
        Assert.Equal(Size - 3, sequencer.GetRemainingCapacity());
    }

    [Theory, MemberData(nameof(Both))]
    public void A_sequence_is_available_from_its_publishing_until_the_next_lap(ProducerType type)
    {
        var sequencer = New(type);
        sequencer.Next(6);
        for (var sequence = 0; sequence < 6; sequence++)
            Assert.False(sequencer.IsAvailable(sequence));
        sequencer.Publish(0, 5);
        for (var sequence = 0; sequence < 6; sequence++)
            Assert.True(sequencer.IsAvailable(sequence));
        Assert.False(sequencer.IsAvailable(6));

        for (var i = 6; i <= Size; i++)
            sequencer.Publish(sequencer.Next());
        Assert.False(sequencer.IsAvailable(0));
        Assert.True(sequencer.IsAvailable(1));
        Assert.True(sequencer.IsAvailable(Size));
    }

    [Theory, MemberData(nameof(Both))]
    public void A_claimed_position_can_be_set(ProducerType type)
    {
        var sequencer = New(type);
        sequencer.Claim(10);
        Assert.Equal(11, sequencer.Next());
    }

    [Theory, MemberData(nameof(Both))]
    public void Gating_sequences_start_at_the_cursor_and_are_removed_by_identity(ProducerType type)
    {
        var sequencer = New(type);
        sequencer.Publish(0, sequencer.Next(4));
        Assert.Equal(3, sequencer.GetMinimumSequence());
        var consumer = new Sequence();
        sequencer.AddGatingSequences(consumer);
        Assert.Equal(3, consumer.Value);
        sequencer.Publish(sequencer.Next());
        Assert.Equal(3, sequencer.GetMinimumSequence());
        Assert.False(sequencer.RemoveGatingSequence(new Sequence(3)));
        Assert.True(sequencer.RemoveGatingSequence(consumer));
        Assert.False(sequencer.RemoveGatingSequence(consumer));
        Assert.Equal(4, sequencer.GetMinimumSequence());
    }

    [Fact]
    public void Single_producer_moves_the_cursor_only_when_it_publishes()
    {
        var sequencer = New(ProducerType.Single);
        sequencer.Next(5);
        Assert.True(sequencer.HasAvailableCapacity(Size - 5));
        Assert.Equal(-1, sequencer.Cursor);
        sequencer.Publish(4);
        Assert.Equal(4, sequencer.Cursor);
    }

    [Fact]
    public void Several_producers_move_the_cursor_when_they_claim()
    {
        var sequencer = New(ProducerType.Multi);
        sequencer.Next(5);
        Assert.Equal(4, sequencer.Cursor);
    }

    [Fact]
    public void Reading_stops_at_the_first_gap_of_several_producers()
    {
        var sequencer = New(ProducerType.Multi);
        sequencer.Next(6);
        Assert.Equal(-1, sequencer.GetHighestPublishedSequence(0, 5));
        sequencer.Publish(1);
        sequencer.Publish(3, 5);
        Assert.Equal(-1, sequencer.GetHighestPublishedSequence(0, 5));
        Assert.False(sequencer.IsAvailable(0));
        Assert.True(sequencer.IsAvailable(1));
        sequencer.Publish(0);
        Assert.Equal(1, sequencer.GetHighestPublishedSequence(0, 5));
        sequencer.Publish(2);
        Assert.Equal(5, sequencer.GetHighestPublishedSequence(0, 5));
        Assert.Equal(5, sequencer.GetHighestPublishedSequence(3, 5));
    }

    [Fact]
    public void Every_sequence_is_claimed_once_by_many_threads()
    {
        const int Threads = 4;
        const int PerThread = 20_000;
        var sequencer = New(ProducerType.Multi);
        var claims = new int[Threads * PerThread];
        Eventually.Join([.. Enumerable.Range(0, Threads).Select(number => Eventually.Thread(() =>
        {
            for (var i = 0; i < PerThread; i++)
            {
                if (number % 2 == 0 || !sequencer.TryNext(out var sequence))
                    sequence = sequencer.Next();
                Interlocked.Increment(ref claims[sequence]);
                sequencer.Publish(sequence);
            }
        }))]);
        Assert.All(claims, count => Assert.Equal(1, count));
    }

    private static ISequencer New(ProducerType type, int size = Size) =>
        SequencerFactory.Create(type, size, new YieldingWaitStrategy());
}
