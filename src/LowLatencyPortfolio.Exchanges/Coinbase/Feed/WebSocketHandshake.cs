using System.Globalization;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>The client's side of a WebSocket upgrade. Source: RFC 6455, section 4.1.</summary>
/// <remarks>
/// By hand because the framework's client owns its socket, and would read it asynchronously. Thread: one.
/// </remarks>
internal static class WebSocketHandshake
{
    private const int MaxResponseBytes = 16 << 10;

    /// <summary>Asks for the upgrade and reads the answer, not a byte further.</summary>
    /// <param name="stream">TCP or TLS; the WebSocket owns it.</param>
    /// <param name="address">Host and path asked for.</param>
    /// <param name="retries">Attempts since the last good connection; told to the venue when above 0.</param>
    /// <exception cref="IOException">The server refused, or answered something else.</exception>
    public static WebSocket Upgrade(Stream stream, Uri address, int retries)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        stream.Write(Encoding.ASCII.GetBytes(Request(address, key, retries)));
        stream.Flush();
        Check(ReadResponse(stream), key);
        return WebSocket.CreateFromStream(
            stream, new WebSocketCreationOptions { IsServer = false, KeepAliveInterval = TimeSpan.Zero });
    }

    /// <summary>What the server must answer to a key.</summary>
    public static string AcceptOf(string key) =>
#pragma warning disable CA5350 // prescribed by RFC 6455; it proves that the server speaks WebSocket, no more
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    private static string Request(Uri address, string key, int retries)
    {
        StringBuilder request = new();
        string host = address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}";
        request.Append(CultureInfo.InvariantCulture, $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {host}\r\n")
            .Append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .Append(CultureInfo.InvariantCulture, $"Sec-WebSocket-Key: {key}\r\nUser-Agent: LowLatencyPortfolio\r\n");
        if (retries > 0)
        {
            request.Append(CultureInfo.InvariantCulture, $"x-cb-retry-counter: {retries}\r\n");
        }

        return request.Append("\r\n").ToString();
    }

    // Byte by byte: what follows the empty line belongs to the WebSocket.
    private static string[] ReadResponse(Stream stream)
    {
        List<byte> response = [];
        while (response.Count < 4 || !response[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            int next = stream.ReadByte();
            if (next < 0 || response.Count == MaxResponseBytes)
            {
                throw new IOException(next < 0
                    ? "the server closed the connection during the upgrade"
                    : $"the answer to the upgrade is longer than {MaxResponseBytes} bytes");
            }

            response.Add((byte)next);
        }

        return Encoding.Latin1.GetString([.. response]).Split("\r\n");
    }

    private static void Check(string[] lines, string key)
    {
        string[] status = lines[0].Split(' ');
        if (status.Length < 2 || status[1] != "101")
        {
            string answer = new([.. lines[0].Take(80).Select(c => char.IsControl(c) ? '?' : c)]);
            throw new IOException($"the server refused the upgrade: {answer}");
        }

        if (Header(lines, "Sec-WebSocket-Accept") != AcceptOf(key)
            || !Header(lines, "Upgrade").Equals("websocket", StringComparison.OrdinalIgnoreCase)
            || !Header(lines, "Connection").Contains("upgrade", StringComparison.OrdinalIgnoreCase))
        {
            throw new IOException("the server's answer to the upgrade is not that of a WebSocket");
        }
    }

    private static string Header(string[] lines, string name)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            {
                return line[(name.Length + 1)..].Trim();
            }
        }

        return string.Empty;
    }
}
