using System.Net;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class UserChannelTests
{
    [Fact]
    public async Task Every_value_of_an_order_is_a_string()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        using HttpResponseMessage created = await sim.BuyAsync("one");
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token());
        JsonElement ack = await socket.NextAsync("subscriptions");
        JsonElement listed = ack.GetProperty("events")[0].GetProperty("subscriptions").GetProperty("user");
        Assert.Equal(sim.Venue.UserId, listed[0].GetString());
        JsonElement snapshot = (await socket.NextAsync("user")).GetProperty("events")[0];
        Assert.Equal("snapshot", snapshot.GetProperty("type").GetString());
        JsonElement order = Assert.Single(snapshot.GetProperty("orders").EnumerateArray().ToArray());
        Assert.All(order.EnumerateObject(), member => Assert.Equal(JsonValueKind.String, member.Value.ValueKind));
        Assert.Equal("one", order.GetProperty("client_order_id").GetString());
        Assert.Equal("OPEN", order.GetProperty("status").GetString());
        Assert.Equal("Limit", order.GetProperty("order_type").GetString());
        Assert.Equal("90", order.GetProperty("limit_price").GetString());
        Assert.Equal("0.5", order.GetProperty("leaves_quantity").GetString());
        Assert.Equal("false", order.GetProperty("post_only").GetString());
        Assert.Equal("0", order.GetProperty("number_of_fills").GetString());
        Assert.Equal("0.00", order.GetProperty("completion_percentage").GetString());
        Assert.Equal("INVALID_ORDER_TYPE", order.GetProperty("trigger_status").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", order.GetProperty("end_time").GetString());
        Assert.True(snapshot.GetProperty("positions").TryGetProperty("perpetual_futures_positions", out _));
    }

    [Fact]
    public async Task An_order_that_fills_goes_from_pending_to_filled()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token(), "BTC-USD");
        JsonElement snapshot = (await socket.NextAsync("user")).GetProperty("events")[0];
        Assert.Equal(0, snapshot.GetProperty("orders").GetArrayLength());
        using HttpResponseMessage created = await sim.BuyAsync("two", "150.00");
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        var states = new List<string>();
        JsonElement order;
        do
        {
            JsonElement update = (await socket.NextAsync("user")).GetProperty("events")[0];
            Assert.Equal("update", update.GetProperty("type").GetString());
            order = update.GetProperty("orders")[0];
            states.Add(order.GetProperty("status").GetString()!);
        }
        while (states[^1] != "FILLED");

        Assert.Equal("PENDING", states[0]);
        Assert.Equal("0.5", order.GetProperty("cumulative_quantity").GetString());
        Assert.Equal("100.00", order.GetProperty("completion_percentage").GetString());
        OrderView truth = Assert.Single(sim.Venue.Orders);
        Assert.Equal(truth.TotalFees, decimal.Parse(
            order.GetProperty("total_fees").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Twap_and_scaled_orders_say_what_they_are()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        long begin = sim.Venue.Ledger().NowNs + 60_000_000_000;
        Assert.True(sim.Venue.Create(new NewOrder(
            "t", "BTC-USD", OrderSide.Buy, Terms.Twap(1m, 50m, begin, begin + 60_000_000_000, 2))).Success);
        Assert.True(sim.Venue.Create(new NewOrder(
            "s", "BTC-USD", OrderSide.Buy, Terms.Scaled(1m, 2, 40m, 50m))).Success);
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token());

        JsonElement[] orders =
            [.. (await socket.NextAsync("user")).GetProperty("events")[0].GetProperty("orders").EnumerateArray()];

        Assert.Equal(
            [("Limit", false), ("Limit", false), ("Scaled", false), ("TWAP", true)],
            orders.Select(order => (
                    Type: order.GetProperty("order_type").GetString()!,
                    Starts: order.GetProperty("start_time").GetString() != "0001-01-01T00:00:00Z"))
                .Order());
    }

    [Theory]
    [InlineData(49, new[] { 49 })]
    [InlineData(50, new[] { 50, 0 })]
    [InlineData(120, new[] { 50, 50, 20 })]
    public async Task The_snapshot_comes_in_batches_of_fifty_and_ends_with_a_smaller_one(int open, int[] batches)
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        for (int i = 0; i < open; i++)
        {
            Assert.True(sim.Venue.Create(new NewOrder(
                $"c{i}", "BTC-USD", OrderSide.Buy,
                new OrderTerms(OrderKind.LimitGtc, "limit_limit_gtc", BaseSize: 0.1m, LimitPrice: 50m))).Success);
        }

        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token());
        foreach (int size in batches)
        {
            JsonElement batch = (await socket.NextAsync("user")).GetProperty("events")[0];
            Assert.Equal("snapshot", batch.GetProperty("type").GetString());
            Assert.Equal(size, batch.GetProperty("orders").GetArrayLength());
        }
    }

    [Fact]
    public async Task Orders_of_other_products_are_left_out_when_products_are_named()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token(), "ETH-USD");
        await socket.NextAsync("user");
        using HttpResponseMessage created = await sim.BuyAsync("three");
        await socket.SendAsync(new { type = "unsubscribe", channel = "user", jwt = sim.Token() });
        JsonElement ack = await socket.NextAsync();
        Assert.Equal("subscriptions", ack.GetProperty("channel").GetString());
    }

    [Fact]
    public async Task All_products_stay_all_products_when_one_is_named_later()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token(), "ETH-USD");
        await socket.NextAsync("user");
        await socket.SubscribeUserAsync(sim.Token());
        await socket.NextAsync("user");
        await socket.SubscribeUserAsync(sim.Token(), "ETH-USD");
        await socket.NextAsync("user");
        using HttpResponseMessage created = await sim.BuyAsync("four");
        JsonElement update = (await socket.NextAsync("user")).GetProperty("events")[0];
        Assert.Equal("four", update.GetProperty("orders")[0].GetProperty("client_order_id").GetString());
    }

    [Fact]
    public async Task Both_endpoints_take_every_channel()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await using TestSocket market = await sim.ConnectAsync("/");
        await market.SubscribeUserAsync(sim.Token());
        await market.NextAsync("user");
        await using TestSocket user = await sim.ConnectAsync("/ws/user");
        await user.SubscribeAsync("ticker", "BTC-USD");
        await user.NextAsync("ticker");
    }

    [Fact]
    public async Task A_revoked_key_gets_no_user_channel()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Key.IsRevoked = true;
        await using TestSocket socket = await sim.ConnectAsync("/ws/user");
        await socket.SubscribeUserAsync(sim.Token());
        Assert.Equal("authentication failure", (await socket.NextAsync()).GetProperty("message").GetString());
    }
}
