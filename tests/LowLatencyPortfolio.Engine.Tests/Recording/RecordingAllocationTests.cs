using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Recording;

public sealed class RecordingAllocationTests
{
    [Fact]
    public void Recording_allocates_nothing()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llp-rec-garbage-");
        using (RecordingWriter writer = RecordingWriter.Create(Path.Combine(folder.FullName, "x.rec")))
        {
            TradingEvent tick = new() { Kind = EventKind.Tick };
            TradingEvent report = new() { Kind = EventKind.OrderReport };
            long least = long.MaxValue;
            for (int run = 0; run < 5 && least > 0; run++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 20_000; i++)        // several buffers full
                {
                    writer.Record(in tick);
                    writer.Record(in report);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, least);
            Assert.Null(writer.Fault);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void The_meter_sees_one_small_object()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new object());
        Assert.NotEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
