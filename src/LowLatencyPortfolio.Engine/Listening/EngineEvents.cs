using System.Threading.Channels;

namespace LowLatencyPortfolio.Engine;

/// <summary>One listener's stream of what happens in an engine; <see cref="TradingEngine.Listen"/> makes it.</summary>
/// <remarks>
/// Thread: any. The events come through a bounded channel. Who reads too slowly, or not at all, holds up nobody: what
/// finds the channel full is missed by this listener alone, is counted, and is told by the next event that fits. The
/// channel is completed, never with an exception, when the engine has ended and told everything, or at <see
/// cref="Dispose"/>; <see cref="TradingEngine.Fault"/> says what ended the engine.
/// </remarks>
public sealed class EngineEvents : IDisposable
{
    private readonly Channel<EngineEvent> _channel;
    private readonly Action<EngineEvents> _forget;
    private long _missed;
    private long _missedBefore;

    internal EngineEvents(int capacity, Action<EngineEvents> forget)
    {
        _channel = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(capacity) { SingleWriter = true });
        _forget = forget;
    }

    /// <summary>Where to read: <c>await foreach (EngineEvent told in events.Reader.ReadAllAsync())</c>.</summary>
    public ChannelReader<EngineEvent> Reader => _channel.Reader;

    /// <summary>How many events this listener has missed so far.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <summary>Listens no more; what waits can still be read.</summary>
    public void Dispose()
    {
        _forget(this);
        End();
    }

    /// <summary>The hub's thread.</summary>
    internal void Offer(EngineEvent told)
    {
        EngineEvent offered = _missedBefore == 0 ? told : told with { MissedBefore = _missedBefore };
        if (_channel.Writer.TryWrite(offered))
        {
            _missedBefore = 0;
        }
        else
        {
            Miss(1);
        }
    }

    /// <summary>The hub's thread: what nobody could be told.</summary>
    internal void Miss(long events)
    {
        _missedBefore += events;
        _ = Interlocked.Add(ref _missed, events);
    }

    internal void End() => _ = _channel.Writer.TryComplete();
}
