using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Faults;

public sealed class SocketFaultTests
{
    // Message 1 of the rule is the ticker of trade 101: there is no snapshot before the first trade.
    [Fact]
    public async Task A_lost_message_leaves_a_gap_in_the_numbers()
    {
        await using TestSim sim = await StartAsync("sequence-gap");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(3);
        Assert.Equal((2, "101"), Seen(await socket.NextAsync()));
        Assert.Equal((3, "102"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_muted_product_is_silent_without_a_gap()
    {
        await using TestSim sim = await TestSim.StartAsync(
            null, ("BTC-USD", TestSim.Tape), ("ETH-USD", TestSim.Tape));
        await sim.BreakAsync("""{"faults":[{"on":"market-ws","fault":"mute","product":"BTC-USD"}]}""");
        await using TestSocket socket = await FollowAsync(sim);
        await socket.SubscribeAsync("ticker", "ETH-USD");
        Assert.Equal(1, (await socket.NextAsync("subscriptions")).GetProperty("sequence_num").GetInt64());
        sim.Player.StepTrades(4);
        Assert.Equal((2, "100"), Seen(await socket.NextAsync()));
        Assert.Equal((3, "101"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_doubled_message_has_one_number()
    {
        await using TestSim sim = await StartAsync("duplicate");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(2);
        Assert.Equal((1, "100"), Seen(await socket.NextAsync()));
        Assert.Equal((1, "100"), Seen(await socket.NextAsync()));
        Assert.Equal((2, "101"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_reordered_message_comes_after_the_next_one()
    {
        await using TestSim sim = await StartAsync("reorder");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(3);
        Assert.Equal((2, "101"), Seen(await socket.NextAsync()));
        Assert.Equal((1, "100"), Seen(await socket.NextAsync()));
        Assert.Equal((3, "102"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_delayed_message_holds_up_those_behind_it()
    {
        await using TestSim sim = await StartAsync("delay", "\"milliseconds\":200");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(2);
        Assert.Equal((1, "100"), Seen(await socket.NextAsync()));
        Assert.Equal((2, "101"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_stalled_connection_answers_pings_and_says_nothing()
    {
        await using TestSim sim = await StartAsync("stall");
        await using TestSocket socket = await FollowAsync(sim, TimeSpan.FromSeconds(20));
        sim.Player.StepTrades(10);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => socket.NextBytesAsync(TimeSpan.FromSeconds(1)));
        await using TestSocket fresh = await FollowAsync(sim);
        Assert.Equal((1, "109"), Seen(await fresh.NextAsync()));
    }

    [Fact]
    public async Task A_half_open_connection_answers_no_pings()
    {
        await using TestSim sim = await StartAsync("half-open");
        await using TestSocket socket = await FollowAsync(sim, TimeSpan.FromMilliseconds(300));
        sim.Player.StepTrades(2);

        // The client's keep-alive is what ends it: the server neither answers nor closes.
        await Assert.ThrowsAnyAsync<Exception>(() => socket.NextBytesAsync());
        Assert.Equal(WebSocketState.Aborted, socket.State);
    }

    [Fact]
    public async Task A_message_may_be_followed_by_the_one_before_it_under_a_new_number()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"market-ws","channel":"ticker","fault":"stale","nth":[1,3]}]}""");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(4);
        Assert.Equal((1, "100"), Seen(await socket.NextAsync()));
        Assert.Equal((2, "101"), Seen(await socket.NextAsync()));
        Assert.Equal((3, "102"), Seen(await socket.NextAsync()));
        Assert.Equal((4, "101"), Seen(await socket.NextAsync()));
        Assert.Equal((5, "103"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_storm_cuts_one_connection_after_another_without_a_goodbye()
    {
        await using TestSim sim = await StartAsync("disconnect", "\"count\":3");
        sim.Player.StepTrades(1);
        for (int i = 0; i < 3; i++)
        {
            await using TestSocket socket = await sim.ConnectAsync();
            await socket.SubscribeAsync("ticker", "BTC-USD");
            await Assert.ThrowsAsync<WebSocketException>(async () =>
            {
                while (await socket.NextBytesAsync() is not null)
                {
                    continue;
                }
            });
        }

        await using TestSocket calm = await FollowAsync(sim);
        Assert.Equal((1, "100"), Seen(await calm.NextAsync()));
    }

    [Fact]
    public async Task Hostile_prices_and_shapes_come_in_numbered_messages()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await sim.BreakAsync("""
            {"faults":[{"on":"market-ws","channel":"ticker","fault":"hostile-price","variant":"overflow","nth":1},
                       {"on":"market-ws","channel":"ticker","fault":"hostile-json","variant":"deep","nth":2},
                       {"on":"market-ws","channel":"ticker","fault":"hostile-json","variant":"huge","nth":3}]}
            """);
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(4);
        Assert.Equal((1, "1e400"), Seen(await socket.NextAsync()));
        byte[]? deep = await socket.NextBytesAsync();
        Assert.Contains("[[[[[[", Encoding.UTF8.GetString(deep!), StringComparison.Ordinal);
        Assert.True((await socket.NextBytesAsync())!.Length > 10_000_000);
        Assert.Equal((4, "103"), Seen(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_connection_that_takes_nothing_is_ended_as_a_slow_consumer()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Wire = new WireSettings { MaximumQueued = 5 },
        });
        await sim.BreakAsync(
            """{"faults":[{"on":"market-ws","channel":"ticker","fault":"delay","milliseconds":3600000,"nth":1}]}""");
        await using TestSocket socket = await FollowAsync(sim);
        sim.Player.StepTrades(10);
        Assert.Null(await socket.NextBytesAsync());
    }

    [Fact]
    public async Task The_user_channel_has_faults_of_its_own()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await sim.BreakAsync("""{"faults":[{"on":"user-ws","fault":"sequence-gap","nth":2}]}""");
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token());
        Assert.Equal(0, (await socket.NextAsync()).GetProperty("sequence_num").GetInt64());
        Assert.Equal(1, (await socket.NextAsync()).GetProperty("sequence_num").GetInt64());
        using HttpResponseMessage created = await sim.BuyAsync("one", "150.00");
        Assert.Equal(3, (await socket.NextAsync("user")).GetProperty("sequence_num").GetInt64());
    }

    private static async Task<TestSim> StartAsync(string fault, string? more = null)
    {
        TestSim sim = await TestSim.StartAsync(options => options with { Wire = new WireSettings() });
        string tail = more is null ? string.Empty : "," + more;
        await sim.BreakAsync(
            $$"""{"faults":[{"on":"market-ws","channel":"ticker","fault":"{{fault}}","nth":1{{tail}}}]}""");
        return sim;
    }

    private static async Task<TestSocket> FollowAsync(TestSim sim, TimeSpan? keepAlive = null)
    {
        TestSocket socket = await TestSocket.ConnectAsync(
            new Uri("ws" + sim.Url["http".Length..] + "/ws"),
            options =>
            {
                options.KeepAliveInterval = keepAlive ?? TimeSpan.Zero;
                options.KeepAliveTimeout = keepAlive ?? Timeout.InfiniteTimeSpan;
            });
        await socket.SubscribeAsync("ticker", "BTC-USD");
        Assert.Equal("subscriptions", (await socket.NextAsync()).GetProperty("channel").GetString());
        return socket;
    }

    private static (long Sequence, string? Price) Seen(JsonElement message) =>
        (message.GetProperty("sequence_num").GetInt64(),
            message.GetProperty("events")[0].GetProperty("tickers")[0].GetProperty("price").GetString());
}
