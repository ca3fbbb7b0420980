using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Reports the engine is about to publish. Thread: the engine's. It grows only beyond its most ever.</summary>
internal sealed class EventList
{
    private TradingEvent[] _events = new TradingEvent[256];
    private int _count;

    public ReadOnlySpan<TradingEvent> Waiting => _events.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(ReadOnlySpan<TradingEvent> more)
    {
        if (_count + more.Length > _events.Length)
        {
            Array.Resize(ref _events, Math.Max(_events.Length * 2, _count + more.Length));
        }

        more.CopyTo(_events.AsSpan(_count));
        _count += more.Length;
    }
}
