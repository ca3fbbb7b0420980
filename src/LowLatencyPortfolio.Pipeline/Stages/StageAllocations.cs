namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Bytes the stages' own threads allocated between their start and their end; the promise is that it stays 0.
/// </summary>
internal sealed class StageAllocations
{
    private long _bytes;

    /// <summary>
    /// Meaningful once every stage has ended: each subtracts what its thread had at the start and adds what it had at
    /// the end.
    /// </summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public void Begin() => Interlocked.Add(ref _bytes, -GC.GetAllocatedBytesForCurrentThread());

    public void End() => Interlocked.Add(ref _bytes, GC.GetAllocatedBytesForCurrentThread());
}
