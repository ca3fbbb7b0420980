using System.Net.WebSockets;
using System.Threading.Channels;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Connection;

/// <summary>One WebSocket connection: a reader, a writer and a queue between the market and the writer.</summary>
/// <remarks>Thread: <see cref="Post"/> any; the rest its own.</remarks>
internal sealed class WireSession(
    WebSocket socket, MessageWriter writer, WireSettings settings, TimeProvider time) : IDisposable
{
    private const int MaximumClientMessageBytes = 1024 * 1024;

    private readonly Channel<OutgoingMessage> _queue =
        Channel.CreateUnbounded<OutgoingMessage>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _subscribed = new();
    private long _lastSent = time.GetTimestamp();
    private int _queued;
    private long _written;

    /// <summary>Channel → products; empty: none yet. Under the hub's lock.</summary>
    public Dictionary<string, SortedSet<string>> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Orders that changed while the snapshot of the user channel was being taken; null outside of that. Under
    /// the hub's lock.</summary>
    public List<OrderView>? HeldOrders { get; set; }

    /// <summary>Messages waiting.</summary>
    public int Queued => Volatile.Read(ref _queued);

    /// <summary>Messages written so far: whether a connection moves.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Queues a message; a connection that has too many waiting is ended.</summary>
    /// <param name="message">The message.</param>
    public void Post(in OutgoingMessage message)
    {
        if (Interlocked.Increment(ref _queued) > settings.MaximumQueued)
        {
            End();
            return;
        }

        _queue.Writer.TryWrite(message);
    }

    /// <summary>Adds products to a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="products">None: the channel is there without any.</param>
    /// <remarks>Under the hub's lock.</remarks>
    public void Follow(string channel, IEnumerable<string> products)
    {
        if (!Subscriptions.TryGetValue(channel, out SortedSet<string>? current))
        {
            Subscriptions[channel] = current = new SortedSet<string>(StringComparer.Ordinal);
        }

        current.UnionWith(products);
    }

    /// <summary>Takes products from a channel, and the channel with the last of them.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="products">None: the whole channel.</param>
    /// <remarks>Under the hub's lock.</remarks>
    public void Unfollow(string channel, IReadOnlyCollection<string> products)
    {
        if (Subscriptions.TryGetValue(channel, out SortedSet<string>? current))
        {
            current.ExceptWith(products);
            if (current.Count == 0 || products.Count == 0)
            {
                Subscriptions.Remove(channel);
            }
        }
    }

    /// <summary>The first subscription came; the deadline for it is over.</summary>
    public void OnSubscribed() => _ = _subscribed.CancelAsync();

    /// <summary>Ends the connection; may be called again, and after it is over.</summary>
    /// <remarks>Whoever calls may hold locks, so what follows from it happens on other threads.</remarks>
    public void End()
    {
        try
        {
            _ = _end.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Over already: a player noticed its silence in the same moment as the connection ended.
            return;
        }
    }

    /// <summary>Serves the connection.</summary>
    /// <param name="receive">Gets every message of the client.</param>
    /// <param name="stopping">The server ends.</param>
    /// <returns>When it is over, for whatever reason.</returns>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> receive, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stopping);
        Task reading = ReadAsync(receive, either.Token);
        Task writing = WriteAsync(either.Token);
        Task watching = WatchAsync(either.Token);
        await Task.WhenAny(reading, writing, watching);
        await CloseAsync(reading, writing);
        End();
        await Task.WhenAll(Quiet(reading), Quiet(writing), Quiet(watching));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        _subscribed.Dispose();
    }

    private async Task ReadAsync(Action<ReadOnlyMemory<byte>> receive, CancellationToken stopping)
    {
        byte[] buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            // Not cancelled by the end: a cancelled receive aborts the socket, and with it the closing handshake.
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close || stopping.IsCancellationRequested)
            {
                return;
            }

            message.Write(buffer, 0, part.Count);
            if (message.Length > MaximumClientMessageBytes)
            {
                return;
            }

            if (part.EndOfMessage)
            {
                receive(message.GetBuffer().AsMemory(0, (int)message.Length));
                message.SetLength(0);
            }
        }
    }

    private async Task WriteAsync(CancellationToken stopping)
    {
        await foreach (OutgoingMessage message in _queue.Reader.ReadAllAsync(stopping))
        {
            Interlocked.Decrement(ref _queued);
            await writer.WriteAsync(message, stopping);
            Interlocked.Increment(ref _written);
            Volatile.Write(ref _lastSent, time.GetTimestamp());
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(_subscribed.Token, stopping);
        await Quiet(Task.Delay(settings.SubscribeDeadline, time, first.Token));
        if (!_subscribed.IsCancellationRequested)
        {
            return;
        }

        while (true)
        {
            TimeSpan silent = time.GetElapsedTime(Volatile.Read(ref _lastSent));
            if (settings.IdleClose == TimeSpan.Zero)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stopping);
            }
            else if (silent >= settings.IdleClose)
            {
                return;
            }
            else
            {
                await Task.Delay(settings.IdleClose - silent, time, stopping);
            }
        }
    }

    private async Task CloseAsync(Task reading, Task writing)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived) || writing.IsFaulted)
        {
            socket.Abort();
            return;
        }

        End();
        await Quiet(writing);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        await Quiet(socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.Empty, patience.Token));
        // The reader gets the client's half of the goodbye, if it comes.
        await Quiet(reading.WaitAsync(patience.Token));
        socket.Abort();
    }

#pragma warning disable CA1031 // a connection may end in every way there is; how it ended is nobody's business
    private static async Task Quiet(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception)
        {
            return;
        }
    }
#pragma warning restore CA1031
}
