using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class AllocationTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    [Fact]
    public void The_meter_sees_an_allocation()
    {
        object? kept = null;
        Assert.True(Allocated(() => kept = new byte[100]) >= 100);
        Assert.NotNull(kept);
        Assert.Equal(0, Allocated(static () => { }));
    }

    [Fact]
    public void Append_allocates_nothing_while_the_writer_keeps_up()
    {
        using StateJournal journal = _folder.Open();
        journal.Warm(8_192);
        StateChange change = JournalFolder.Order(1, OrderState.Working);
        void Append()
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (i % 1_000 == 0)
                {
                    _ = journal.WaitUntilQueuedAtMost(0);
                }

                change.OrderSequence = i % 100;
                change.WantsAnswer = i % 100 == 0;
                journal.Append(change);
                _ = journal.TryTakeAnswer(out _);
            }
        }

        Append();
        Assert.Equal(0, Allocated(Append));
    }

    [Fact]
    public void A_checkpoint_costs_its_caller_no_garbage()
    {
        using StateJournal journal = _folder.Open();
        byte[] state = new byte[10_000];
        ReplayPosition position = new("input", 0, 0);
        void Write()
        {
            for (int i = 1; i <= 20; i++)
            {
                journal.Append(JournalFolder.Order(i, OrderState.Working));
                journal.WriteCheckpoint(state, position with { MarketEvents = i }, finished: false);
            }
        }

        Write();
        Assert.Equal(0, Allocated(Write));
    }

    [Fact]
    public void Writing_rows_allocates_nothing()
    {
        _folder.Open().Dispose();
        using WriterConnection connection = WriterConnection.Open(_folder.Database);
        using ChangeTables tables = new(connection.Handle, JournalFolder.Pairs.Select(pair => pair.Product));
        tables.NameOrders("test", 3);
        StateChange order = JournalFolder.Order(1, OrderState.Working);
        StateChange position = new()
        {
            Kind = StateChangeKind.Position, PositionId = 1, Quantity = 7, FilledQuantity = 9,
            Value = 0.123m, BoughtValue = 1.5m, Fees = 0.01m,
        };
        StateChange portfolio = new(
            ) { Kind = StateChangeKind.Portfolio, Product = -1, Value = 1m, BoughtValue = 2m, Realized = -3.5m };
        StateChange history = JournalFolder.History(1, 1);
        void Write()
        {
            connection.Begin();
            for (int i = 0; i < 500; i++)
            {
                tables.Write(order);
                tables.Write(position);
                tables.Write(portfolio);
                tables.Write(history);
            }

            connection.Commit();
        }

        Write();
        Assert.Equal(0, Allocated(Write));
    }

    public void Dispose() => _folder.Dispose();

    // The least of a few runs: the runtime itself may allocate while it recompiles a method that has become hot, code
    // that allocates does so every time.
    private static long Allocated(Action action)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 5 && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
