using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>One connection of a <see cref="FakeVenue"/>.</summary>
internal sealed class VenueClient(TcpClient tcp, Stream stream)
{
    public const byte Text = 1;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    /// <summary>The lines of the upgrade request.</summary>
    public string[] Request { get; private set; } = [];

    public void Accept()
    {
        ReadRequest();
        string line = Request.First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.Ordinal));
        string key = line[18..].Trim();
        Send(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {WebSocketHandshake.AcceptOf(key)}\r\n\r\n"));
    }

    public void Refuse(string answer)
    {
        ReadRequest();
        Send(Encoding.ASCII.GetBytes(answer));
        tcp.Dispose();
    }

    /// <summary>Sends bytes as they are.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        stream.Flush();
    }

    public void SendText(string message) => Send(TextFrame(message));

    public void SendText(byte[] message) => Send(Frame(Text, message));

    /// <summary>Breaks the connection without a word.</summary>
    public void Break() => tcp.Dispose();

    public static byte[] TextFrame(string message) => Frame(Text, Encoding.UTF8.GetBytes(message));

    /// <summary>A frame as servers send it, unmasked.</summary>
    public static byte[] Frame(byte opcode, byte[] payload, bool isLast = true)
    {
        byte first = (byte)(opcode | (isLast ? 0x80 : 0));
        byte[] head = [first, (byte)payload.Length];
        if (payload.Length > ushort.MaxValue)
        {
            head = [first, 127, 0, 0, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(2), payload.Length);
        }
        else if (payload.Length > 125)
        {
            head = [first, 126, 0, 0];
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)payload.Length);
        }

        return [.. head, .. payload];
    }

    /// <summary>Reads the client's next frame.</summary>
    public (byte Opcode, string Payload) Receive()
    {
        byte[] head = Exactly(2);
        int length = head[1] & 0x7f;
        length = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(Exactly(2)),
            127 => (int)BinaryPrimitives.ReadInt64BigEndian(Exactly(8)),
            _ => length,
        };
        byte[] mask = Exactly(4);
        byte[] payload = Exactly(length);
        for (int i = 0; i < length; i++)
        {
            payload[i] ^= mask[i % 4];
        }

        return ((byte)(head[0] & 0x0f), Encoding.UTF8.GetString(payload));
    }

    private byte[] Exactly(int count)
    {
        byte[] bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void ReadRequest()
    {
        StringBuilder request = new();
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            request.Append((char)Exactly(1)[0]);
        }

        Request = request.ToString().Split("\r\n");
    }
}
