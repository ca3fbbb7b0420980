using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// A connection to the simulator's raw port, read by polling: tickers through the stream and WebSocket that the feed
/// uses, or bare.
/// </summary>
/// <remarks>
/// Thread: one. Allocation: none once made. One connection carries tickers and orders, so that the simulator, which
/// spins for each, needs one core. One exchange is under way at a time, so no byte is ever read by the wrong reader.
/// </remarks>
internal sealed class RawLine : IDisposable
{
    private const int BufferBytes = 64 << 10;
    private const int FrameHeadBytes = 4;
    private static readonly byte[] NextTicker = "T"u8.ToArray();
    private static readonly byte[] SameTicker = "R"u8.ToArray();
    private static readonly long PatienceNs = TimeSpan.FromSeconds(30).Ticks * TimeSpan.NanosecondsPerTick;

    private readonly SocketStream _stream;
    private readonly WebSocket _messages;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _askedAt;

    public RawLine(int port)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Blocking = false;
        _stream = new SocketStream(socket, FeedReceiveMode.BusyPoll, LookAtClock);
        _messages = WebSocket.CreateFromStream(
            _stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>Bytes of the last message's frame.</summary>
    public int FrameBytes { get; private set; }

    /// <summary>Asks for a ticker.</summary>
    /// <param name="isNext">True for one with a new price; false for the last one again.</param>
    public void Ask(bool isNext)
    {
        _askedAt = Stopwatch.GetTimestamp();
        _stream.Write(isNext ? NextTicker : SameTicker);
    }

    /// <summary>Waits for a whole message.</summary>
    /// <returns>Its text; valid until the next read.</returns>
    public ReadOnlySpan<byte> ReadMessage()
    {
        int length = 0;
        while (true)
        {
            ValueTask<ValueWebSocketReceiveResult> receiving =
                _messages.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            ValueWebSocketReceiveResult result = receiving.IsCompleted
                ? receiving.Result
                : receiving.AsTask().GetAwaiter().GetResult();
            length += result.Count;
            if (result.MessageType != WebSocketMessageType.Text)
            {
                throw new IOException("exchange-sim closed the raw connection");
            }

            if (result.EndOfMessage)
            {
                FrameBytes = length + FrameHeadBytes;
                return _buffer.AsSpan(0, length);
            }
        }
    }

    /// <summary>Waits for as many bytes as the last message had, and looks at none of them.</summary>
    public void ReadBare()
    {
        for (int length = 0; length < FrameBytes;)
        {
            length += ReadSome(length);
        }
    }

    /// <summary>Sends a request, in one write.</summary>
    public void Send(ReadOnlySpan<byte> request) => _stream.Write(request);

    /// <summary>Waits for the acknowledgement of a request.</summary>
    /// <returns>Ticker out to order in, as the exchange saw it, ns.</returns>
    public long ReadAcknowledgement()
    {
        ReadOnlySpan<byte> name = "\"ns\":\""u8;
        int length = 0;
        do
        {
            length += ReadSome(length);
        }
        while (_buffer[length - 1] != '}');
        int at = _buffer.AsSpan(0, length).IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(_buffer.AsSpan(at + name.Length), out long ns, out _)
            ? ns
            : throw new IOException("exchange-sim acknowledged an order in another way than its raw port does");
    }

    public void Dispose()
    {
        _messages.Dispose();
        _stream.Dispose();
    }

    private int ReadSome(int from)
    {
        int count = _stream.Read(_buffer.AsSpan(from));
        return count > 0 ? count : throw new IOException("exchange-sim closed the raw connection");
    }

    private void LookAtClock()
    {
        if (Stopwatch.GetTimestamp() - _askedAt > PatienceNs)
        {
            throw new IOException("exchange-sim did not answer within 30 s");
        }
    }
}
