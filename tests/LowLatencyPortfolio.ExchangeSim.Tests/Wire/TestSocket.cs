using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

/// <summary>A client that reads whole messages and waits at most half a minute for each.</summary>
internal sealed class TestSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();

    public WebSocketState State => _socket.State;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<TestSocket> ConnectAsync(Uri uri, Action<ClientWebSocketOptions>? set = null)
    {
        var socket = new TestSocket();
        set?.Invoke(socket._socket.Options);
        using var patience = new CancellationTokenSource(Patience);
        await socket._socket.ConnectAsync(uri, patience.Token);
        return socket;
    }

    public Task SubscribeAsync(string channel, params string[] products) =>
        SendAsync(new { type = "subscribe", channel, product_ids = products });

    public Task SubscribeUserAsync(string token, params string[] products) =>
        SendAsync(new { type = "subscribe", channel = "user", product_ids = products, jwt = token });

    public Task SendAsync(object message) => SendTextAsync(JsonSerializer.Serialize(message));

    public async Task SendTextAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, patience.Token);
    }

    /// <summary>The next message's bytes; null when the connection was closed.</summary>
    public async Task<byte[]?> NextBytesAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        using var message = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return message.ToArray();
            }
        }
    }

    public async Task<JsonElement> NextAsync()
    {
        byte[]? bytes = await NextBytesAsync();
        Assert.NotNull(bytes);
        using JsonDocument document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    /// <summary>The next message of a channel; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string channel)
    {
        while (true)
        {
            JsonElement message = await NextAsync();
            if (message.TryGetProperty("channel", out JsonElement name) && name.GetString() == channel)
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await ValueTask.CompletedTask;
    }
}
