using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A small HTTP and WebSocket server on real sockets; a test says what it answers.</summary>
internal sealed class LoopbackVenue : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly CancellationTokenSource _stop = new();

    public LoopbackVenue()
    {
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public sealed record Request(string Method, string Target, string Head, string Body);

    /// <summary>Raw bytes of the answer; null closes the connection; the empty text keeps silent.</summary>
    public Func<Request, string?> Answers { get; set; } = _ => Json("{}");

    /// <summary>Whether a connection ends after its answer, whatever that says.</summary>
    public volatile bool ClosesAfterAnswer;

    public ConcurrentQueue<Request> Seen { get; } = new();

    public ConcurrentQueue<UserSocket> Sockets { get; } = new();

    public int Connections { get; private set; }

    public Uri Rest => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public CoinbaseEndpoints Endpoints => new()
    {
        Rest = Rest,
        UserWebSocket = new Uri(Rest.OriginalString.Replace("http", "ws", StringComparison.Ordinal)),
    };

    public static string Json(string body, int status = 200, string headers = "") => string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public void DropConnections()
    {
        foreach (TcpClient client in _clients)
        {
            client.Client.Close(0);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        DropConnections();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                client.NoDelay = true;
                Connections++;
                _clients.Add(client);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            NetworkStream stream = client.GetStream();
            while (await ReadAsync(stream) is { } request)
            {
                if (request.Head.Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase))
                {
                    await UpgradeAsync(stream, request);
                    return;
                }

                Seen.Enqueue(request);
                string? answer = Answers(request);
                if (answer is null)
                {
                    client.Client.Close(0);
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
                if (ClosesAfterAnswer)
                {
                    client.Client.Shutdown(SocketShutdown.Both);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }

    private static async Task<Request?> ReadAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        string text = head.ToString();
        string[] first = text.Split("\r\n")[0].Split(' ');
        int at = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        int length = at < 0 ? 0 : int.Parse(
            text[(at + 16)..text.IndexOf("\r\n", at, StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return new Request(first[0], first[1], text, Encoding.UTF8.GetString(body));
    }

    private async Task UpgradeAsync(NetworkStream stream, Request request)
    {
        string key = request.Head.Split("Sec-WebSocket-Key: ")[1].Split("\r\n")[0].Trim();
#pragma warning disable CA5350 // the handshake of RFC 6455 is made with SHA-1
        string accept = Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {accept}\r\n\r\n"));
        WebSocket socket = WebSocket.CreateFromStream(stream, isServer: true, null, TimeSpan.Zero);
        UserSocket user = new(socket);
        Sockets.Enqueue(user);
        await user.ReadAsync();
    }

    /// <summary>The server's side of one user channel.</summary>
    internal sealed class UserSocket(WebSocket socket)
    {
        private int _number;

        public ConcurrentQueue<string> Received { get; } = new();

        /// <summary>Sends a message with the connection's next number.</summary>
        public Task SendAsync(string channel, string events, int skip = 0)
        {
            _number += skip;
            return SendRawAsync(
                $$"""{"channel":"{{channel}}","client_id":"","timestamp":"2026-01-01T00:00:00Z","sequence_num":{{_number++}},"events":{{events}}}""");
        }

        public Task SendRawAsync(string text) => socket.SendAsync(
            Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        public async Task ReadAsync()
        {
            byte[] buffer = new byte[64 * 1024];
            while (true)
            {
                ValueWebSocketReceiveResult got = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                Received.Enqueue(Encoding.UTF8.GetString(buffer, 0, got.Count));
            }
        }
    }
}
