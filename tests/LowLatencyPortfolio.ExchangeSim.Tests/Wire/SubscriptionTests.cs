using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class SubscriptionTests
{
    [Fact]
    public async Task Sequence_numbers_count_every_message_of_a_connection_from_zero()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings { TradeBatch = TimeSpan.Zero, Beat = TimeSpan.FromMilliseconds(20) },
        });
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("heartbeats");
        await socket.SubscribeAsync("ticker", "BTC-USD");
        await socket.SubscribeAsync("market_trades", "BTC-USD");
        await socket.SubscribeAsync("level2", "BTC-USD");
        sim.Player.StepTrades(10);
        for (long expected = 0; expected < 30; expected++)
        {
            Assert.Equal(expected, (await socket.NextAsync()).GetProperty("sequence_num").GetInt64());
        }

        await using TestSocket second = await sim.ConnectAsync();
        await second.SubscribeAsync("ticker", "BTC-USD");
        Assert.Equal(0, (await second.NextAsync()).GetProperty("sequence_num").GetInt64());
    }

    [Fact]
    public async Task An_acknowledgement_lists_everything_the_connection_has()
    {
        await using TestSim sim = await TestSim.StartAsync(
            null, ("BTC-USD", TestSim.Tape), ("ETH-USD", TestSim.Tape));
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("ticker", "ETH-USD", "BTC-USD", "NO-SUCH");
        Assert.Equal("""{"ticker":["BTC-USD","ETH-USD"]}""", await AcknowledgedAsync(socket));
        await socket.SubscribeAsync("level2", "BTC-USDC");
        Assert.Equal("""{"ticker":["BTC-USD","ETH-USD"],"level2":["BTC-USD"]}""", await AcknowledgedAsync(socket));
        await socket.SendAsync(new { type = "unsubscribe", channel = "ticker", product_ids = new[] { "ETH-USD" } });
        Assert.Equal("""{"ticker":["BTC-USD"],"level2":["BTC-USD"]}""", await AcknowledgedAsync(socket));
        await socket.SendAsync(new { type = "unsubscribe", channel = "ticker" });
        await socket.SendAsync(new { type = "unsubscribe", channel = "level2" });
        Assert.Equal("""{"level2":["BTC-USD"]}""", await AcknowledgedAsync(socket));
        Assert.Equal("{}", await AcknowledgedAsync(socket));
    }

    [Fact]
    public async Task A_connection_without_a_subscription_is_closed_after_the_deadline()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings { SubscribeDeadline = TimeSpan.FromMilliseconds(50) },
        });
        await using TestSocket socket = await sim.ConnectAsync();
        Assert.Null(await socket.NextBytesAsync());
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task A_refused_subscription_does_not_meet_the_deadline()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings { SubscribeDeadline = TimeSpan.FromMilliseconds(500) },
        });
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("user");
        Assert.Equal("authentication failure", await ErrorAsync(socket));
        Assert.Null(await socket.NextBytesAsync());
    }

    [Fact]
    public async Task A_connection_to_which_nothing_is_sent_is_closed()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings { IdleClose = TimeSpan.FromMilliseconds(100) },
        });
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("ticker", "BTC-USD");
        await socket.NextAsync("subscriptions");
        Assert.Null(await socket.NextBytesAsync());
    }

    [Theory]
    [InlineData("not json", "subscribe or unsubscribe required")]
    [InlineData("{}", "subscribe or unsubscribe required")]
    [InlineData("[]", "subscribe or unsubscribe required")]
    [InlineData("""{"type":"subscribe"}""", "subscribe or unsubscribe required")]
    [InlineData("""{"type":"subscribe","channel":["ticker","level2"]}""", "subscribe or unsubscribe required")]
    [InlineData("""{"type":"subscribe","channel":"ticker","product_ids":7}""", "subscribe or unsubscribe required")]
    [InlineData("""{"type":"subscribe","channel":"nothing"}""", "authentication failure")]
    [InlineData("""{"type":"subscribe","channel":"user"}""", "authentication failure")]
    [InlineData("""{"type":"subscribe","channel":"user","jwt":"a.b.c"}""", "authentication failure")]
    [InlineData("""{"type":"subscribe","channel":"ticker","jwt":"a.b.c"}""", "authentication failure")]
    public async Task Errors_have_neither_channel_nor_sequence_number(string message, string error)
    {
        await using TestSim sim = await TestSim.StartAsync();
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SendTextAsync(message);
        Assert.Equal(error, await ErrorAsync(socket));
        await socket.SubscribeAsync("ticker", "BTC-USD");
        Assert.Equal(0, (await socket.NextAsync()).GetProperty("sequence_num").GetInt64());
    }

    [Fact]
    public async Task Unsigned_messages_and_connections_are_limited_per_second()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Limits = new Dictionary<string, int> { ["messages"] = 1, ["connections"] = 1 },
        });
        await using TestSocket socket = await sim.ConnectAsync();
        for (int i = 0; i < 20; i++)
        {
            await socket.SubscribeAsync("ticker", "BTC-USD");
        }

        JsonElement message;
        do
        {
            message = await socket.NextAsync();
        }
        while (!message.TryGetProperty("message", out JsonElement text) || text.GetString() != "rate limit exceeded");

        int refused = 0;
        for (int i = 0; i < 20 && refused == 0; i++)
        {
            try
            {
                await using TestSocket other = await sim.ConnectAsync();
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                refused++;
            }
        }

        Assert.Equal(1, refused);
    }

    [Fact]
    public async Task Protocol_pings_are_answered()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await using TestSocket socket = await TestSocket.ConnectAsync(
            new Uri("ws" + sim.Url["http".Length..] + "/ws"),
            options =>
            {
                options.KeepAliveInterval = TimeSpan.FromMilliseconds(100);
                options.KeepAliveTimeout = TimeSpan.FromSeconds(20);
            });
        await socket.SubscribeAsync("heartbeats");
        for (int i = 0; i < 3; i++)
        {
            await socket.NextAsync("heartbeats");
        }

        Assert.Equal(System.Net.WebSockets.WebSocketState.Open, socket.State);
    }

    private static async Task<string> AcknowledgedAsync(TestSocket socket) =>
        (await socket.NextAsync("subscriptions")).GetProperty("events")[0].GetProperty("subscriptions").GetRawText();

    private static async Task<string?> ErrorAsync(TestSocket socket)
    {
        JsonElement message = await socket.NextAsync();
        Assert.Equal("error", message.GetProperty("type").GetString());
        Assert.False(message.TryGetProperty("sequence_num", out _));
        return message.GetProperty("message").GetString();
    }
}
