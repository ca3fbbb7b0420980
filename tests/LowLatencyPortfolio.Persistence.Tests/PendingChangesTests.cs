using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class PendingChangesTests
{
    [Theory]
    [InlineData("1,1,1,1.", 2, 8, 4)]           // an event is never split, however long
    [InlineData("1.1.2.2.", 2, 8, 2)]           // enough rows: ends with the closure
    [InlineData("1.1.1.2.", 2, 8, 3)]           // enough rows inside a closure: goes on to its end
    [InlineData("1.1.1.1.1.1.", 2, 4, 4)]       // a closure without end is cut at the hard limit
    [InlineData("1.1.2,2,", 10, 40, 2)]         // the newest event is not complete
    [InlineData("1,1,", 10, 40, 0)]             // nothing is complete
    [InlineData("1.2.3.", 10, 40, 3)]           // few rows: all of them
    [InlineData("1.1,1,1,1,1,2.", 2, 4, 7)]     // an event longer than the hard limit
    public void A_transaction_ends_where_it_may(string stream, int rows, int mostRows, int expected)
    {
        PendingChanges pending = new();
        for (int i = 0; i < stream.Length; i += 2)
        {
            pending.Add(new StateChange { MarketEvent = stream[i] - '0', EndOfEvent = stream[i + 1] == '.' });
        }

        Assert.Equal(expected, pending.NextTransaction(rows, mostRows));
    }

    [Fact]
    public void Changes_come_out_in_order_however_far_the_buffer_wanders_and_grows()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        PendingChanges pending = new();
        long added = 0;
        long removed = 0;
        for (int round = 0; round < 2_000; round++)
        {
            for (int i = random.Next(20); i > 0; i--)
            {
                pending.Add(new StateChange { OrderSequence = ++added });
            }

            int take = random.Next(pending.Count + 1) / 2;
            for (int i = 0; i < take; i++)
            {
                Assert.True(pending[i].OrderSequence == removed + 1 + i, $"seed {seed}");
            }

            pending.RemoveOldest(take);
            removed += take;
            Assert.Equal(added - removed, pending.Count);
        }
    }
}
