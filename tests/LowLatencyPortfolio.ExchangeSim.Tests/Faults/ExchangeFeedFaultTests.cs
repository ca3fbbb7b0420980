using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Faults;

/// <summary>The faults of the market sockets strike the Exchange feed by the same words.</summary>
public sealed class ExchangeFeedFaultTests
{
    [Theory]
    [InlineData("sequence-gap", "1001 1002 1003")]
    [InlineData("mute", "1001 1002 1003")]
    [InlineData("duplicate", "1000 1000 1001 1002 1003")]
    [InlineData("reorder", "1001 1000 1002 1003")]
    [InlineData("delay", "1000 1001 1002 1003")]
    public async Task The_first_match_is_struck_and_the_numbers_of_the_trades_tell(string fault, string ids)
    {
        await using TestSim sim = await TestSim.StartAsync();
        await BreakAsync(sim, $"\"fault\":\"{fault}\",\"nth\":1,\"milliseconds\":50");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(4);
        foreach (string id in ids.Split(' '))
        {
            Assert.Equal(id, Id(await socket.NextAsync()));
        }
    }

    [Fact]
    public async Task The_match_before_it_comes_again_as_it_was()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await BreakAsync(sim, "\"fault\":\"stale\",\"nth\":2");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(3);
        string first = (await socket.NextAsync()).GetRawText();
        Assert.Equal("1001", Id(await socket.NextAsync()));
        Assert.Equal(first, (await socket.NextAsync()).GetRawText());
        Assert.Equal("1002", Id(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_lost_match_is_named_by_the_heartbeats()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings { Beat = TimeSpan.FromMilliseconds(20) },
        });
        await BreakAsync(sim, "\"fault\":\"sequence-gap\",\"nth\":2");
        await using TestSocket socket = await FollowAsync(sim, "matches", "heartbeat");
        sim.Player.StepTrades(2);
        long newest = 0;
        while (newest < 1001)
        {
            JsonElement message = await socket.NextAsync();
            bool isBeat = message.GetProperty("type").GetString() == "heartbeat";
            newest = message.GetProperty(isBeat ? "last_trade_id" : "trade_id").GetInt64();
            Assert.True(isBeat || newest == 1000, "the second match was not lost");
        }
    }

    [Fact]
    public async Task A_stalled_connection_answers_pings_and_says_nothing()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await BreakAsync(sim, "\"fault\":\"stall\",\"nth\":1");
        await using TestSocket socket = await FollowAsync(sim, keepAlive: TimeSpan.FromSeconds(20));
        sim.Player.StepTrades(5);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => socket.NextBytesAsync(TimeSpan.FromSeconds(1)));
        await using TestSocket fresh = await FollowAsync(sim);
        Assert.Equal("1004", Id(await fresh.NextAsync()));
    }

    [Fact]
    public async Task A_half_open_connection_answers_no_pings()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await BreakAsync(sim, "\"fault\":\"half-open\",\"nth\":1");
        await using TestSocket socket = await FollowAsync(sim, keepAlive: TimeSpan.FromMilliseconds(300));
        sim.Player.StepTrades(2);
        await Assert.ThrowsAnyAsync<Exception>(() => socket.NextBytesAsync());
        Assert.Equal(WebSocketState.Aborted, socket.State);
    }

    [Fact]
    public async Task A_disconnect_is_a_reset_and_the_next_connection_begins_with_the_newest_trade()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await BreakAsync(sim, "\"fault\":\"disconnect\",\"nth\":2");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(3);
        await Assert.ThrowsAsync<WebSocketException>(async () =>
        {
            while (await socket.NextBytesAsync() is not null)
            {
                continue;
            }
        });
        await using TestSocket fresh = await FollowAsync(sim);
        JsonElement last = await fresh.NextAsync();
        Assert.Equal(("last_match", "1002"), (last.GetProperty("type").GetString(), Id(last)));
    }

    [Fact]
    public async Task Prices_and_shapes_are_hostile_on_this_feed_too()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await sim.BreakAsync("""
            {"faults":[{"on":"market-ws","channel":"matches","fault":"hostile-price","variant":"nan","nth":1},
                       {"on":"market-ws","channel":"matches","fault":"hostile-json","variant":"duplicate-keys","nth":2},
                       {"on":"market-ws","channel":"matches","fault":"hostile-json","variant":"wrong-types","nth":3},
                       {"on":"market-ws","channel":"matches","fault":"hostile-json","variant":"truncated","nth":4}]}
            """);
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(5);
        Assert.Equal("NaN", (await socket.NextAsync()).GetProperty("price").GetString());
        JsonElement twice = await socket.NextAsync();
        Assert.Equal(2, twice.EnumerateObject().Count(field => field.NameEquals("type")));
        Assert.Equal(2, twice.EnumerateObject().Count(field => field.NameEquals("price")));
        Assert.Equal(JsonValueKind.Array, (await socket.NextAsync()).GetProperty("price").ValueKind);
        string half = Encoding.UTF8.GetString((await socket.NextBytesAsync())!);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(half));
        Assert.Equal("1004", Id(await socket.NextAsync()));
    }

    private static Task BreakAsync(TestSim sim, string rule) =>
        sim.BreakAsync($$"""{"faults":[{"on":"market-ws","channel":"matches",{{rule}}}]}""");

    private static Task<TestSocket> FollowAsync(TestSim sim, params string[] channels) =>
        FollowAsync(sim, null, channels);

    private static async Task<TestSocket> FollowAsync(TestSim sim, TimeSpan? keepAlive, params string[] channels)
    {
        TestSocket socket = await TestSocket.ConnectAsync(
            new Uri("ws" + sim.Url["http".Length..] + WebSocketEndpoint.ExchangePath),
            options =>
            {
                options.KeepAliveInterval = keepAlive ?? TimeSpan.Zero;
                options.KeepAliveTimeout = keepAlive ?? Timeout.InfiniteTimeSpan;
            });
        await socket.SendAsync(new
        {
            type = "subscribe", product_ids = new[] { "BTC-USD" }, channels = channels is [] ? ["matches"] : channels,
        });
        Assert.Equal("subscriptions", (await socket.NextAsync()).GetProperty("type").GetString());
        return socket;
    }

    private static string Id(JsonElement match) => match.GetProperty("trade_id").GetRawText();
}
