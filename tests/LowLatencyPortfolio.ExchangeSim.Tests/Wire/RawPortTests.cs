using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class RawPortTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_byte_brings_a_ticker_and_an_order_an_acknowledgement(bool poll)
    {
        using var port = new RawPort(0, poll);
        await port.StartAsync(CancellationToken.None);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port.Port);
        NetworkStream stream = client.GetStream();
        stream.ReadTimeout = 30_000;
        await stream.WriteAsync("T"u8.ToArray());
        byte[] first = ReadFrame(stream);
        using (JsonDocument ticker = JsonDocument.Parse(first))
        {
            Assert.Equal("ticker", ticker.RootElement.GetProperty("channel").GetString());
        }

        await stream.WriteAsync("RTRT"u8.ToArray());
        Assert.Equal(first, ReadFrame(stream));
        byte[] second = ReadFrame(stream);
        Assert.Equal(second, ReadFrame(stream));
        byte[] third = ReadFrame(stream);
        Assert.Equal(
            [("10000.01", 1_000_000_000L), ("10000.03", 1_000_000_001L), ("10000.05", 1_000_000_002L)],
            new[] { first, second, third }.Select(Told));
        Assert.All([second, third], frame => Assert.Equal(first.Length, frame.Length));
        byte[] order = Encoding.ASCII.GetBytes(
            "POST /api/v3/brokerage/orders HTTP/1.1\r\nContent-Length: 4\r\n\r\n{\"\"}");
        await stream.WriteAsync(order.AsMemory(0, 30));
        await stream.WriteAsync(order.AsMemory(30));
        byte[] answer = new byte[512];
        int length = 0;
        while (!Encoding.ASCII.GetString(answer, 0, length).EndsWith('}'))
        {
            length += stream.Read(answer, length, answer.Length - length);
        }

        string text = Encoding.ASCII.GetString(answer, 0, length);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", text, StringComparison.Ordinal);
        using JsonDocument body = JsonDocument.Parse(text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.True(body.RootElement.GetProperty("success").GetBoolean());
        Assert.True(long.Parse(
            body.RootElement.GetProperty("ns").GetString()!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        await port.StopAsync(CancellationToken.None);
    }

    private static (string Price, long Number) Told(byte[] frame)
    {
        using JsonDocument message = JsonDocument.Parse(frame);
        JsonElement ticker = message.RootElement.GetProperty("events")[0].GetProperty("tickers")[0];
        return (ticker.GetProperty("price").GetString()!, message.RootElement.GetProperty("sequence_num").GetInt64());
    }

    private static byte[] ReadFrame(NetworkStream stream)
    {
        byte[] head = new byte[4];
        stream.ReadExactly(head);
        Assert.Equal((0x81, 126), (head[0], head[1]));
        byte[] payload = new byte[(head[2] << 8) | head[3]];
        stream.ReadExactly(payload);
        return payload;
    }
}
