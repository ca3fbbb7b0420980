namespace LowLatencyPortfolio.Engine.Tests;

public sealed class InboxTests
{
    [Fact]
    public void A_full_inbox_takes_nothing_until_something_is_taken_out()
    {
        Inbox<int> inbox = new(4);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(inbox.TryAdd(i));
        }

        Assert.False(inbox.TryAdd(4));
        Assert.True(inbox.TryTake(out int first));
        Assert.Equal(0, first);
        Assert.True(inbox.TryAdd(4));
        Assert.False(inbox.TryAdd(5));
    }

    [Fact]
    public void The_capacity_is_rounded_up_to_a_power_of_two()
    {
        Inbox<int> inbox = new(5);
        Assert.Equal(8, Enumerable.Range(0, 20).Count(i => inbox.TryAdd(i)));
    }

    [Fact]
    public async Task Every_item_of_many_threads_arrives_once_and_in_its_threads_order()
    {
        const int Producers = 6;
        const int Each = 20_000;
        Inbox<(int Producer, int Number)> inbox = new(64);
        Task[] producers = [.. Enumerable.Range(0, Producers).Select(producer => Task.Run(() =>
        {
            SpinWait spin = default;
            for (int i = 0; i < Each; i++)
            {
                while (!inbox.TryAdd((producer, i)))
                {
                    spin.SpinOnce();
                }
            }
        }))];
        int[] next = new int[Producers];
        Task taker = Task.Run(() =>
        {
            SpinWait spin = default;
            for (int taken = 0; taken < Producers * Each;)
            {
                if (!inbox.TryTake(out (int Producer, int Number) item))
                {
                    spin.SpinOnce();
                    continue;
                }

                Assert.Equal(next[item.Producer]++, item.Number);
                taken++;
            }
        });
        await Until.Done(Task.WhenAll([.. producers, taker]));
        Assert.False(inbox.TryTake(out _));
        Assert.All(next, count => Assert.Equal(Each, count));
    }

    [Fact]
    public void What_was_taken_is_not_held_on_to()
    {
        Inbox<object> inbox = new(2);
        WeakReference held = PutAndTake(inbox);
        GC.Collect();
        Assert.False(held.IsAlive);
        Assert.False(inbox.TryTake(out _));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference PutAndTake(Inbox<object> inbox)
    {
        object item = new();
        Assert.True(inbox.TryAdd(item));
        Assert.True(inbox.TryTake(out object taken));
        return new WeakReference(taken);
    }
}
