using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class SequenceTests
{
    [Fact]
    public void It_moves_by_every_way_there_is()
    {
        var sequence = new Sequence();
        Assert.Equal(-1, sequence.Value);
        Assert.Equal(0, sequence.IncrementAndGet());
        Assert.Equal(10, sequence.AddAndGet(10));
        sequence.SetValue(20);
        Assert.Equal(20, sequence.Value);
        sequence.SetValueVolatile(30);
        Assert.Equal(30, sequence.Value);
        Assert.False(sequence.CompareAndSet(29, 40));
        Assert.Equal(30, sequence.Value);
        Assert.True(sequence.CompareAndSet(30, 40));
        Assert.Equal("40", sequence.ToString());
        Assert.Equal(7, new Sequence(7).Value);
    }

    [Fact]
    public void Increments_of_many_threads_add_up()
    {
        var sequence = new Sequence(0);
        Eventually.Join([.. Enumerable.Range(0, 4).Select(_ => Eventually.Thread(() =>
        {
            for (var i = 0; i < 10_000; i++)
                sequence.IncrementAndGet();
        }))]);
        Assert.Equal(40_000, sequence.Value);
    }

    [Fact]
    public void A_group_without_dependencies_is_the_cursor()
    {
        var cursor = new Sequence(5);
        var group = new DependentSequenceGroup(cursor);
        Assert.True(group.DependsOnCursor);
        Assert.Equal(1, group.DependentSequenceCount);
        Assert.Equal(5, group.Value);
        cursor.SetValue(6);
        Assert.Equal(6, group.Value);
        Assert.Equal(6, group.CursorValue);
    }

    [Fact]
    public void A_group_is_its_slowest_member()
    {
        var (one, two, three) = (new Sequence(4), new Sequence(2), new Sequence(3));
        var group = new DependentSequenceGroup(new Sequence(9), one, two, three);
        Assert.False(group.DependsOnCursor);
        Assert.Equal(3, group.DependentSequenceCount);
        Assert.Equal(2, group.Value);
        two.SetValue(8);
        Assert.Equal(3, group.Value);
        Assert.Equal(9, group.CursorValue);
    }
}
