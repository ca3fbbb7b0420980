using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// One connection after the other: connects, subscribes, reads messages until there is a reason to end.
/// </summary>
/// <remarks>
/// Thread: the feed's. Allocation: none a message once the buffer has the size of the longest; a connection allocates.
/// </remarks>
internal sealed class FeedConnection
{
    private const int FirstBufferBytes = 64 << 10;

    private readonly CoinbaseFeedOptions _options;
    private readonly ProductTable _products;
    private readonly FeedReader _reader;
    private readonly FeedCounters _counters;
    private readonly Func<bool> _isStopping;
    private readonly Dialer _dialer;
    private byte[] _buffer;
    private FeedEnd _end;

    public FeedConnection(
        CoinbaseFeedOptions options, ProductTable products, FeedReader reader, FeedCounters counters,
        Func<bool> isStopping)
    {
        _options = options;
        _products = products;
        _reader = reader;
        _counters = counters;
        _isStopping = isStopping;
        _dialer = new Dialer(options, OnIdle);
        _buffer = new byte[Math.Min(FirstBufferBytes, options.MaxMessageBytes)];
    }

    /// <summary>What the receiver of ticks or changes threw; the feed cannot go on.</summary>
    public Exception? SinkFault { get; private set; }

    /// <summary>Makes a connection and reads it to its end.</summary>
    /// <param name="retries">Attempts since the last good connection.</param>
    public FeedEnd Run(int retries)
    {
        _end = FeedEnd.None;
        _reader.Begin();
        bool isConnected = false;
        try
        {
            using WebSocket socket = Open(retries);
            isConnected = true;
            _counters.Add(FeedCount.Connections);
            Subscribe(socket);
            _reader.Open();
            while (_end == FeedEnd.None)
            {
                End(_isStopping() ? FeedEnd.Stopped : Receive(socket));
                if (_reader.Refused.TakeNew())
                {
                    Subscribe(socket);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or WebSocketException or AuthenticationException
            or OperationCanceledException or ObjectDisposedException)
        {
            // A reason that is known already was why the stream threw.
            if (_end == FeedEnd.None)
            {
                _counters.LastError = e.InnerException?.Message ?? e.Message;
                End(isConnected ? FeedEnd.Closed : FeedEnd.NotConnected);
            }
        }

        return _end;
    }

    private WebSocket Open(int retries)
    {
        Stream stream = _dialer.Dial();
        try
        {
            return WebSocketHandshake.Upgrade(stream, _options.Address, retries);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private void Subscribe(WebSocket socket)
    {
        foreach (byte[] message in SubscribeMessages.Of(_options, _products, _reader.Refused))
        {
            Complete(socket.SendAsync(
                message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None));
        }
    }

    private FeedEnd Receive(WebSocket socket)
    {
        int length = 0;
        while (true)
        {
            ValueTask<ValueWebSocketReceiveResult> receiving =
                socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            ValueWebSocketReceiveResult result = receiving.IsCompleted
                ? receiving.Result
                : receiving.AsTask().GetAwaiter().GetResult();
            length += result.Count;
            if (result.MessageType != WebSocketMessageType.Text)
            {
                return result.MessageType == WebSocketMessageType.Close
                    ? FeedEnd.Closed
                    : _reader.Refuse(FrameFault.NotText);
            }

            if (result.EndOfMessage)
            {
                return Take(_buffer.AsSpan(0, length));
            }

            if (length == _buffer.Length)
            {
                if (length >= _options.MaxMessageBytes)
                {
                    return _reader.Refuse(FrameFault.TooLong);
                }

                Array.Resize(ref _buffer, (int)Math.Min(2L * length, _options.MaxMessageBytes));
            }
        }
    }

    private FeedEnd Take(ReadOnlySpan<byte> message)
    {
        try
        {
            return _reader.Take(message);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <summary>Nothing arrives: ends the wait when there is a reason to.</summary>
    private void OnIdle()
    {
        FeedEnd end;
        try
        {
            end = _isStopping() ? FeedEnd.Stopped : _reader.Check();
        }
        catch (Exception e)
        {
            end = Fail(e);
        }

        if (end != FeedEnd.None)
        {
            End(end);
            throw new IOException($"the wait for the venue ended: {end}");
        }
    }

    // The reader itself throws nothing: whatever comes out of it came out of the sink.
    private FeedEnd Fail(Exception e)
    {
        SinkFault = e;
        return FeedEnd.SinkFailed;
    }

    private void End(FeedEnd end) => _end = _end == FeedEnd.None ? end : _end;

    private static void Complete(ValueTask sending)
    {
        if (sending.IsCompleted)
        {
            sending.GetAwaiter().GetResult();
        }
        else
        {
            sending.AsTask().GetAwaiter().GetResult();
        }
    }
}
