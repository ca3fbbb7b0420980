namespace LowLatencyPortfolio.Domain.Tests;

/// <summary>What code allocates on the calling thread.</summary>
internal static class Garbage
{
    /// <summary>
    /// Bytes, the least of five runs: the runtime itself may allocate while it recompiles a method that has become hot;
    /// code that allocates does so every time.
    /// </summary>
    public static long Of(Action action)
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
