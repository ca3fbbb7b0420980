using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

/// <summary>The Exchange feed: its own path, its own grammar, numbers of each product's book.</summary>
public sealed class ExchangeFeedTests
{
    private const string Path = WebSocketEndpoint.ExchangePath;
    private const string WrongType = "Type has to be either subscribe or unsubscribe";
    private const string WrongProduct = "Invalid product ID provided";
    private const string NoProduct = " is not a valid product";
    private const string NoChannel = " is not a valid channel";

    [Fact]
    public async Task A_subscription_is_acknowledged_and_begins_with_the_newest_trade()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(3);
        await using TestSocket socket = await sim.ConnectAsync(Path);
        await socket.SendTextAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["matches"]}""");
        Assert.Equal(
            """{"type":"subscriptions","channels":[{"name":"matches","product_ids":["BTC-USD"]}]}""",
            (await socket.NextAsync()).GetRawText());
        sim.Player.StepTrades(2);
        JsonElement last = await socket.NextAsync();
        Assert.Equal(
            ["type", "trade_id", "maker_order_id", "taker_order_id", "side", "size", "price", "product_id", "sequence",
                "time"],
            last.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("last_match", 1002, "102", 8), Seen(last));
        Assert.Equal(
            ("sell", "0.5", "BTC-USD", "2026-08-09T21:00:02.000000Z"),
            (Text(last, "side"), Text(last, "size"), Text(last, "product_id"), Text(last, "time")));
        Assert.NotEqual(last.GetProperty("maker_order_id").GetGuid(), last.GetProperty("taker_order_id").GetGuid());

        // The book's numbers leave some out between two trades; those of the trades do not.
        Assert.Equal(("match", 1003, "103", 11), Seen(await socket.NextAsync()));
        Assert.Equal(("match", 1004, "104", 14), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task Each_product_has_numbers_and_heartbeats_of_its_own()
    {
        await using TestSim sim = await TestSim.StartAsync(
            options => options with { Wire = new WireSettings { Beat = TimeSpan.FromMilliseconds(20) } },
            ("BTC-USD", TestSim.Tape), ("ETH-USD", "time,price,size\n2026-08-09T21:00:05Z,7.5,1\n"));
        sim.Player.StepTrades(7);
        await using TestSocket socket = await sim.ConnectAsync(Path);
        await socket.SendTextAsync(
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channels":["heartbeat"]}""");
        _ = await socket.NextAsync();
        Dictionary<string, JsonElement> beats = [];
        while (beats.Count < 2)
        {
            JsonElement beat = await socket.NextAsync();
            beats[Text(beat, "product_id")] = beat;
        }

        Assert.Equal(
            ["type", "last_trade_id", "product_id", "sequence", "time"],
            beats["BTC-USD"].EnumerateObject().Select(field => field.Name));
        Assert.Equal((1005, 18), (Number(beats["BTC-USD"], "last_trade_id"), Number(beats["BTC-USD"], "sequence")));
        Assert.Equal((1, 3), (Number(beats["ETH-USD"], "last_trade_id"), Number(beats["ETH-USD"], "sequence")));
    }

    [Fact]
    public async Task Channels_may_name_products_of_their_own_and_are_left_one_by_one()
    {
        await using TestSim sim = await TestSim.StartAsync(
            null, ("BTC-USD", TestSim.Tape), ("ETH-USD", TestSim.Tape));
        await using TestSocket socket = await sim.ConnectAsync(Path);
        await socket.SendTextAsync("""
            {"type":"subscribe","product_ids":["BTC-USD"],
             "channels":["heartbeat",{"name":"matches","product_ids":["ETH-USD"]}]}
            """);
        Assert.Equal("heartbeat:BTC-USD matches:BTC-USD,ETH-USD", await AcknowledgedAsync(socket));
        await socket.SendTextAsync(
            """{"type":"subscribe","channels":[{"name":"heartbeat","product_ids":["ETH-USD"]}]}""");
        Assert.Equal("heartbeat:BTC-USD,ETH-USD matches:BTC-USD,ETH-USD", await AcknowledgedAsync(socket));
        await socket.SendTextAsync(
            """{"type":"unsubscribe","product_ids":["BTC-USD","NO-SUCH"],"channels":["matches"]}""");
        Assert.Equal("heartbeat:BTC-USD,ETH-USD matches:ETH-USD", await AcknowledgedAsync(socket));
        sim.Player.StepTrades(2);
        Assert.Equal("ETH-USD", Text(await NextMatchAsync(socket), "product_id"));
        await socket.SendTextAsync("""{"type":"unsubscribe","channels":["heartbeat"]}""");
        Assert.Equal("matches:ETH-USD", await AcknowledgedAsync(socket));
        await socket.SendTextAsync(
            """{"type":"unsubscribe","channels":[{"name":"matches","product_ids":["ETH-USD"]}]}""");
        Assert.Equal(string.Empty, await AcknowledgedAsync(socket));
    }

    [Theory]
    [InlineData("not json", WrongType)]
    [InlineData("[]", WrongType)]
    [InlineData("""{"action":"subscribe"}""", WrongType)]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"]}""", "No channels provided")]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":[]}""", "No channels provided")]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"matches"}""", "No channels provided")]
    [InlineData("""{"type":"subscribe","product_ids":"BTC-USD","channels":["matches"]}""", WrongProduct)]
    [InlineData("""{"type":"subscribe","product_ids":[7],"channels":["matches"]}""", WrongProduct)]
    [InlineData("""{"type":"subscribe","product_ids":[],"channels":["matches"]}""", NoProduct)]
    [InlineData("""{"type":"subscribe","channels":["matches"]}""", NoProduct)]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD","X"],"channels":["matches"]}""", "X" + NoProduct)]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USDC"],"channels":["matches"]}""", "BTC-USDC" + NoProduct)]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["matches","no"]}""", "no" + NoChannel)]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":[7]}""", "7" + NoChannel)]
    public async Task A_request_with_anything_wrong_in_it_is_refused_as_a_whole(string message, string reason)
    {
        await using TestSim sim = await TestSim.StartAsync();
        await using TestSocket socket = await sim.ConnectAsync(Path);
        await socket.SendTextAsync(message);
        Assert.Equal(
            JsonSerializer.Serialize(new { type = "error", message = "Failed to subscribe", reason }),
            (await socket.NextAsync()).GetRawText());
        await socket.SendTextAsync("""{"type":"unsubscribe","channels":["matches"]}""");
        Assert.Equal(string.Empty, await AcknowledgedAsync(socket));
    }

    [Fact]
    public async Task A_refused_request_does_not_meet_the_deadline_and_a_good_one_does()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings
            {
                SubscribeDeadline = TimeSpan.FromMilliseconds(500), Beat = TimeSpan.FromMilliseconds(100),
            },
        });
        await using TestSocket good = await sim.ConnectAsync(Path);
        await good.SendTextAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["heartbeat"]}""");
        await using TestSocket bad = await sim.ConnectAsync(Path);
        await bad.SendTextAsync("""{"type":"subscribe","product_ids":["X"],"channels":["heartbeat"]}""");
        Assert.Equal("error", Text(await bad.NextAsync(), "type"));
        Assert.Null(await bad.NextBytesAsync());
        _ = await good.NextAsync();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("heartbeat", Text(await good.NextAsync(), "type"));
        }
    }

    [Fact]
    public async Task The_two_kinds_of_endpoint_do_not_take_each_other_s_channels()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await using TestSocket advanced = await sim.ConnectAsync();
        await advanced.SubscribeAsync("matches", "BTC-USD");
        Assert.Equal("authentication failure", Text(await advanced.NextAsync(), "message"));
        await using TestSocket exchange = await sim.ConnectAsync(Path);
        await exchange.SendTextAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["market_trades"]}""");
        Assert.Equal("market_trades is not a valid channel", Text(await exchange.NextAsync(), "reason"));
    }

    [Fact]
    public async Task Messages_of_the_client_are_limited_per_second()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Limits = new Dictionary<string, int> { ["messages"] = 1 },
        });
        await using TestSocket socket = await sim.ConnectAsync(Path);
        for (int i = 0; i < 20; i++)
        {
            await socket.SendTextAsync("""{"type":"unsubscribe","channels":["matches"]}""");
        }

        JsonElement message;
        do
        {
            message = await socket.NextAsync();
        }
        while (Text(message, "type") != "error");
        Assert.Equal("rate limit exceeded", Text(message, "message"));
    }

    [Fact]
    public async Task A_tape_that_waits_for_somebody_begins_with_this_feed_too()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await using TestSocket socket = await sim.ConnectAsync(Path);
        await socket.SendTextAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["heartbeat"]}""");
        _ = await socket.NextAsync();
        Assert.False(await IsFollowedAsync(sim));
        await socket.SendTextAsync("""{"type":"subscribe","product_ids":["BTC-USD"],"channels":["matches"]}""");
        _ = await AcknowledgedAsync(socket);
        Assert.True(await IsFollowedAsync(sim));
    }

    private static async Task<bool> IsFollowedAsync(TestSim sim)
    {
        using JsonDocument play = JsonDocument.Parse(
            await sim.Http.GetStringAsync(new Uri("/admin/play", UriKind.Relative)));
        return play.RootElement.GetProperty("subscribed").GetBoolean();
    }

    /// <summary>The next acknowledgement, as <c>channel:product,product channel:product</c>.</summary>
    private static async Task<string> AcknowledgedAsync(TestSocket socket)
    {
        JsonElement message;
        do
        {
            message = await socket.NextAsync();
        }
        while (Text(message, "type") != "subscriptions");
        return string.Join(' ', message.GetProperty("channels").EnumerateArray().Select(channel =>
            $"{Text(channel, "name")}:{string.Join(',', channel.GetProperty("product_ids").EnumerateArray())}"));
    }

    private static async Task<JsonElement> NextMatchAsync(TestSocket socket)
    {
        JsonElement message;
        do
        {
            message = await socket.NextAsync();
        }
        while (Text(message, "type") != "match");
        return message;
    }

    private static (string Type, long Id, string Price, long Sequence) Seen(JsonElement match) =>
        (Text(match, "type"), Number(match, "trade_id"), Text(match, "price"), Number(match, "sequence"));

    private static string Text(JsonElement message, string name) => message.GetProperty(name).GetString()!;

    private static long Number(JsonElement message, string name) => message.GetProperty(name).GetInt64();
}
