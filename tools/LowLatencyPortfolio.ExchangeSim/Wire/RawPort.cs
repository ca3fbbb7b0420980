using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace LowLatencyPortfolio.ExchangeSim.Wire;

/// <summary>
/// A plain TCP port for latency measurements, without HTTP server, WebSocket library or venue in between. A byte
/// <c>T</c> asks for the connection's next ticker, two cents above its last, and a byte <c>R</c> for the same one
/// again: a complete WebSocket text frame as a server sends it, of one length. Anything that begins with <c>P</c> is
/// taken for an HTTP POST; its answer holds the nanoseconds from the newest ticker's first byte out to the order's
/// first byte in, as this process saw them. Ticker and order may use different connections.
/// </summary>
/// <param name="port">On the loopback; 0 for any.</param>
/// <param name="poll">Spin for bytes instead of sleeping until they come: takes a core a connection.</param>
internal sealed class RawPort(int port, bool poll) : IHostedService, IDisposable
{
    private const byte TickerRequest = (byte)'T';
    private const byte RepeatRequest = (byte)'R';
    private const byte OrderRequest = (byte)'P';

    private readonly TcpListener _listener = new(IPAddress.Loopback, port);
    private long _tickerSentAt;
    private volatile bool _stopping;

    /// <summary>Where it listens, once started.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        Start(Accept);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        _listener.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Start(Action action) =>
        new Thread(() => action()) { IsBackground = true, Name = "raw port" }.Start();

    private void Accept()
    {
        try
        {
            while (!_stopping)
            {
                Socket socket = _listener.AcceptSocket();
                Start(() => Serve(socket));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }

    private void Serve(Socket socket)
    {
        using Socket connection = socket;
        connection.NoDelay = true;
        connection.Blocking = !poll;
        byte[] buffer = new byte[64 * 1024];
        var ticker = new RawTicker();
        try
        {
            int length = 0;
            while (Receive(connection, buffer.AsSpan(length)) is var count and > 0)
            {
                long now = Stopwatch.GetTimestamp();
                length += count;
                length = Answer(connection, ticker, buffer, length, now);
            }
        }
        catch (SocketException)
        {
            return;
        }
    }

    // Answers every complete request and moves the rest to the front of the buffer.
    private int Answer(Socket connection, RawTicker ticker, byte[] buffer, int length, long now)
    {
        int start = 0;
        while (start < length)
        {
            if (buffer[start] is TickerRequest or RepeatRequest)
            {
                ReadOnlySpan<byte> frame = buffer[start] == TickerRequest ? ticker.Next() : ticker.Newest;
                Volatile.Write(ref _tickerSentAt, Stopwatch.GetTimestamp());
                Send(connection, frame);
                start++;
            }
            else if (buffer[start] == OrderRequest)
            {
                int size = RequestSize(buffer.AsSpan(start, length - start));
                if (size == 0)
                {
                    break;
                }

                long ns = (long)Stopwatch.GetElapsedTime(Volatile.Read(ref _tickerSentAt), now).TotalNanoseconds;
                Send(connection, Acknowledgement(ns));
                start += size;
            }
            else
            {
                throw new SocketException((int)SocketError.ConnectionAborted);
            }
        }

        buffer.AsSpan(start, length - start).CopyTo(buffer);
        return length - start;
    }

    private static void Send(Socket connection, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = connection.Send(bytes, SocketFlags.None, out SocketError error);
            if (error is not (SocketError.Success or SocketError.WouldBlock))
            {
                throw new SocketException((int)error);
            }

            bytes = bytes[count..];
        }
    }

    private int Receive(Socket connection, Span<byte> buffer)
    {
        if (!poll)
        {
            return connection.Receive(buffer);
        }

        while (!_stopping)
        {
            int count = connection.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                return count;
            }

            if (error != SocketError.WouldBlock)
            {
                throw new SocketException((int)error);
            }

            Thread.SpinWait(10);
        }

        return 0;
    }

    // 0: not all of it is there.
    private static int RequestSize(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        string head = Encoding.ASCII.GetString(bytes[..end]);
        const string Name = "content-length:";
        int at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        string value = at < 0 ? "0" : head[(at + Name.Length)..].Split('\r')[0].Trim();
        int body = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : 0;
        return end + 4 + body <= bytes.Length ? end + 4 + body : 0;
    }

    private static byte[] Acknowledgement(long ns)
    {
        string body = string.Create(
            CultureInfo.InvariantCulture, $"{{\"success\":true,\"ns\":\"{ns:000000000000000}\"}}");
        return Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
