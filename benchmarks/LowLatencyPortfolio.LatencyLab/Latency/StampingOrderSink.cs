using System.Diagnostics;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Writes down when each order was handed over, in the order they came.</summary>
/// <remarks>Thread: Dispatch's writes; others read when the pipeline has come to rest.</remarks>
internal sealed class StampingOrderSink : IOrderSink
{
    private long[] _stamps = [];
    private int _count;

    public int Count => _count;

    public ReadOnlySpan<long> Stamps => _stamps.AsSpan(0, _count);

    /// <summary>Begins anew with room for so many; later ones are counted and not stamped.</summary>
    public void Begin(int orders)
    {
        _stamps = new long[orders];
        _stamps.AsSpan().Fill(1);       // the pages are there before the first order
        _count = 0;
    }

    public void Submit(in OrderCommand command)
    {
        int index = _count++;
        if (index < _stamps.Length)
        {
            _stamps[index] = Stopwatch.GetTimestamp();
        }
    }
}
