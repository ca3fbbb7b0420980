using System.Threading.Channels;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// System.Threading.Channels, read the way its documentation recommends: wait once, then take all that is there.
/// </summary>
internal sealed class ChannelQueue : IEventQueue
{
    private readonly Channel<TradingEvent> _channel;
    private readonly Task _consumer;

    private ChannelQueue(Channel<TradingEvent> channel, StageSet stages)
    {
        _channel = channel;
        _consumer = Task.Run(() => ConsumeAsync(stages));
    }

    // SingleReader stays off: on .NET 10 a bounded channel with it can hang.
    public static ChannelQueue Bounded(StageSet stages, int capacity) => new(
        Channel.CreateBounded<TradingEvent>(new BoundedChannelOptions(capacity) { SingleWriter = true }), stages);

    public static ChannelQueue Unbounded(StageSet stages) => new(
        Channel.CreateUnbounded<TradingEvent>(
            new UnboundedChannelOptions { SingleWriter = true, SingleReader = true }), stages);

    public void Write(in TradingEvent e)
    {
        if (!_channel.Writer.TryWrite(e))
        {
            WaitAndWrite(in e);
        }
    }

    public void CloseAndDrain()
    {
        _channel.Writer.Complete();
        _consumer.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
    }

    private void WaitAndWrite(in TradingEvent e)
    {
        while (!_channel.Writer.TryWrite(e))
        {
            ValueTask<bool> room = _channel.Writer.WaitToWriteAsync();
            _ = room.IsCompleted ? room.Result : room.AsTask().GetAwaiter().GetResult();
        }
    }

    private async Task ConsumeAsync(StageSet stages)
    {
        ChannelReader<TradingEvent> reader = _channel.Reader;
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            TakeAll(reader, stages);
        }
    }

    private static void TakeAll(ChannelReader<TradingEvent> reader, StageSet stages)
    {
        while (reader.TryRead(out TradingEvent e))
        {
            stages.Handle(ref e);
        }
    }
}
