using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>Keeps the keys it saw, in order.</summary>
public sealed class Recorder : IValueEventHandler<Ev>
{
    private readonly List<long> _keys = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>To be read when the handler has ended or waits.</summary>
    public IReadOnlyList<long> Keys => _keys;

    public Action<long>? Before { get; init; }

    public int? MaxBatchSize { get; init; }

    public void OnEvent(ref Ev data, long sequence, bool endOfBatch)
    {
        Before?.Invoke(sequence);
        _keys.Add(data.Key);
        Volatile.Write(ref _count, _keys.Count);
    }
}

/// <summary>A struct handler that runs what it is told.</summary>
public readonly struct Acting(Handling<Ev> onEvent) : IValueEventHandler<Ev>
{
    public void OnEvent(ref Ev data, long sequence, bool endOfBatch) => onEvent(ref data, sequence, endOfBatch);
}

public delegate void Handling<T>(ref T data, long sequence, bool endOfBatch);

/// <summary>Records exceptions; goes on or rethrows.</summary>
public sealed class RecordingExceptionHandler(bool rethrows = false) : IValueExceptionHandler<Ev>
{
    public List<(string Where, Exception Ex, long Sequence)> Seen { get; } = [];

    public void HandleEventException(Exception ex, long sequence, ref Ev evt) => Record("event", ex, sequence);

    public void HandleOnTimeoutException(Exception ex, long sequence) => Record("timeout", ex, sequence);

    public void HandleOnStartException(Exception ex) => Record("start", ex, -1);

    public void HandleOnShutdownException(Exception ex) => Record("shutdown", ex, -1);

    private void Record(string where, Exception ex, long sequence)
    {
        lock (Seen)
            Seen.Add((where, ex, sequence));
        if (rethrows)
            throw ex;
    }
}
