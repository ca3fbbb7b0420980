using System.Net.WebSockets;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Connection;

/// <summary>Numbers the messages of one connection and sends them, or does to them what the fault plan says.</summary>
/// <param name="socket">The connection.</param>
/// <param name="gate">Its bytes.</param>
/// <param name="faults">Decides which messages are struck.</param>
/// <param name="dialect">Writes the text.</param>
/// <remarks>Thread: one.</remarks>
internal sealed class MessageWriter(WebSocket socket, GatedStream gate, FaultDesk faults, IWireDialect dialect)
{
    private readonly Dictionary<(string Channel, string ProductId), byte[]> _before = [];
    private long _sequence;
    private bool _silent;
    private byte[]? _held;

    /// <summary>Sends one message.</summary>
    /// <param name="message">The message; it gets its number here, also when it is then lost; only a
    /// muted one has none.</param>
    /// <param name="stopping">Ends a send that does not get through.</param>
    /// <returns>When it was sent, delayed or dropped.</returns>
    public async Task WriteAsync(OutgoingMessage message, CancellationToken stopping)
    {
        if (message.Channel.Length == 0)
        {
            await SendAsync(message.Body, stopping);
            return;
        }

        FaultTarget target =
            message.Channel == Channels.User ? FaultTarget.UserSocket : FaultTarget.MarketSocket;
        FaultRule? rule = faults.Take(target, message.ProductId, message.Channel);
        if (rule?.Fault == FaultKind.Mute)
        {
            return;
        }

        byte[] bytes = Numbered(message, message.Body);
        byte[]? before = Remember(message);
        await (rule is null ? SendInOrderAsync(bytes, stopping) : SpoilAsync(bytes, rule, stopping));
        if (rule?.Fault == FaultKind.Stale && before is not null)
        {
            await SendInOrderAsync(Numbered(message, before), stopping);
        }
    }

    private byte[] Numbered(in OutgoingMessage message, byte[] body) =>
        dialect.Frame(message, body, _sequence++);

    // What was told of the product before, kept only while a fault may ask for it.
    private byte[]? Remember(in OutgoingMessage message)
    {
        if (message.ProductId is not { } product || !faults.Watches(FaultKind.Stale))
        {
            return null;
        }

        _ = _before.Remove((message.Channel, product), out byte[]? before);
        _before[(message.Channel, product)] = message.Body;
        return before;
    }

    private async Task SpoilAsync(byte[] bytes, FaultRule rule, CancellationToken stopping)
    {
        switch (rule.Fault)
        {
            case FaultKind.SequenceGap:
                break;
            case FaultKind.Stall:
                _silent = true;
                break;
            case FaultKind.HalfOpen:
                _silent = true;
                gate.Shut();
                break;
            case FaultKind.Disconnect:
                _silent = true;
                gate.Cut();
                break;
            case FaultKind.Reorder when _held is null:
                _held = bytes;
                break;
            case FaultKind.Duplicate:
                await SendInOrderAsync(bytes, stopping);
                await SendAsync(bytes, stopping);
                break;
            case FaultKind.Delay:
                await Task.Delay(rule.Milliseconds, stopping);
                await SendInOrderAsync(bytes, stopping);
                break;
            case FaultKind.HostilePrice:
                await SendInOrderAsync(HostileText.WithPrices(bytes, rule.Variant), stopping);
                break;
            case FaultKind.HostileJson:
                await SendInOrderAsync(HostileText.WithShape(bytes, rule.Variant), stopping);
                break;
            default:
                await SendInOrderAsync(bytes, stopping);
                break;
        }
    }

    private async Task SendInOrderAsync(byte[] bytes, CancellationToken stopping)
    {
        await SendAsync(bytes, stopping);
        if (_held is { } held)
        {
            _held = null;
            await SendAsync(held, stopping);
        }
    }

    private async Task SendAsync(byte[] bytes, CancellationToken stopping)
    {
        if (!_silent)
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, stopping);
        }
    }
}
