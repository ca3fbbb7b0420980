using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class ChannelTests
{
    private static readonly WireSettings AtOnce = new()
    {
        TradeBatch = TimeSpan.Zero, Beat = TimeSpan.FromMilliseconds(20), BeatsPerBatch = 2,
    };

    [Fact]
    public async Task Ticker_has_a_snapshot_and_an_update_with_every_trade()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("ticker", "BTC-USD");
        JsonElement ack = await socket.NextAsync();
        Assert.Equal("subscriptions", ack.GetProperty("channel").GetString());
        JsonElement listed = ack.GetProperty("events")[0].GetProperty("subscriptions").GetProperty("ticker");
        Assert.Equal("BTC-USD", listed[0].GetString());
        JsonElement snapshot = await socket.NextAsync();
        Assert.Equal("snapshot", snapshot.GetProperty("events")[0].GetProperty("type").GetString());
        sim.Player.StepTrades(1);
        JsonElement update = await socket.NextAsync();
        Assert.Equal("2026-08-09T21:00:01.000000000Z", update.GetProperty("timestamp").GetString());
        Assert.Equal(string.Empty, update.GetProperty("client_id").GetString());
        JsonElement ticker = update.GetProperty("events")[0].GetProperty("tickers")[0];
        Assert.Equal("update", update.GetProperty("events")[0].GetProperty("type").GetString());
        Assert.Equal("101", ticker.GetProperty("price").GetString());
        Assert.Equal("100", ticker.GetProperty("best_bid").GetString());
        Assert.Equal("102", ticker.GetProperty("best_ask").GetString());
        Assert.Equal("1", ticker.GetProperty("volume_24_h").GetString());
        Assert.Equal("100", ticker.GetProperty("low_24_h").GetString());
        Assert.Equal("101", ticker.GetProperty("high_24_h").GetString());
        Assert.Equal("1", ticker.GetProperty("price_percent_chg_24_h").GetString());
    }

    [Fact]
    public async Task Market_trades_come_newest_first_and_every_one_once()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(3);
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("market_trades", "BTC-USD");
        JsonElement snapshot = await socket.NextAsync("market_trades");
        Assert.Equal(["1002", "1001", "1000"], Ids(snapshot));
        sim.Player.StepTrades(4);
        var seen = new List<string>();
        while (seen.Count < 4)
        {
            JsonElement update = await socket.NextAsync("market_trades");
            Assert.Equal("update", update.GetProperty("events")[0].GetProperty("type").GetString());
            seen.AddRange(Ids(update).Reverse());
        }

        Assert.Equal(["1003", "1004", "1005", "1006"], seen);
        JsonElement trade = snapshot.GetProperty("events")[0].GetProperty("trades")[0];
        Assert.Equal("SELL", trade.GetProperty("side").GetString());
        Assert.Equal("2026-08-09T21:00:02.000000Z", trade.GetProperty("time").GetString());
        Assert.Equal("102", trade.GetProperty("price").GetString());
        Assert.Equal("0.5", trade.GetProperty("size").GetString());
    }

    [Fact]
    public async Task Without_a_batch_every_trade_is_a_message()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with { Wire = AtOnce });
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("market_trades", "BTC-USD");
        Assert.Empty(Ids(await socket.NextAsync("market_trades")));
        sim.Player.StepTrades(3);
        Assert.Equal(["1000"], Ids(await socket.NextAsync("market_trades")));
        Assert.Equal(["1001"], Ids(await socket.NextAsync("market_trades")));
        Assert.Equal(["1002"], Ids(await socket.NextAsync("market_trades")));
    }

    [Fact]
    public async Task A_book_followed_by_its_updates_equals_a_later_snapshot()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("level2", "BTC-USD");
        var book = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Apply(book, await socket.NextAsync("l2_data"), "snapshot");
        Assert.Contains("bid 99", book.Keys);
        Assert.Contains("offer 101", book.Keys);
        for (int i = 0; i < 6; i++)
        {
            sim.Player.StepTrades(1);
            Apply(book, await socket.NextAsync("l2_data"), "update");
        }

        await socket.SubscribeAsync("level2", "BTC-USD");
        var fresh = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Apply(fresh, await socket.NextAsync("l2_data"), "snapshot");
        Assert.Equal(fresh, book);
        Assert.DoesNotContain("bid 106", fresh.Keys);
    }

    [Fact]
    public async Task Candles_are_buckets_of_five_minutes()
    {
        const string tape = """
            time,price,size
            2026-08-09T21:04:59Z,100,1
            2026-08-09T21:05:00Z,90,2
            2026-08-09T21:06:00Z,95,3

            """;
        await using TestSim sim =
            await TestSim.StartAsync(options => options with { Wire = AtOnce }, ("BTC-USD", tape));
        sim.Player.StepTrades(2);
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("candles", "BTC-USD");
        JsonElement candles = (await socket.NextAsync("candles")).GetProperty("events")[0].GetProperty("candles");
        Assert.Equal(2, candles.GetArrayLength());
        Assert.Equal("1786309500", candles[0].GetProperty("start").GetString());
        Assert.Equal("1786309200", candles[1].GetProperty("start").GetString());
        sim.Player.StepTrades(1);
        JsonElement candle;
        do
        {
            candle = (await socket.NextAsync("candles")).GetProperty("events")[0].GetProperty("candles")[0];
        }
        while (candle.GetProperty("volume").GetString() != "5");

        Assert.Equal("90", candle.GetProperty("open").GetString());
        Assert.Equal("95", candle.GetProperty("close").GetString());
        Assert.Equal("BTC-USD", candle.GetProperty("product_id").GetString());
    }

    [Fact]
    public async Task Heartbeats_count_up_and_keep_coming_without_trades()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with { Wire = AtOnce });
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("heartbeats");
        JsonElement ack = await socket.NextAsync("subscriptions");
        JsonElement listed = ack.GetProperty("events")[0].GetProperty("subscriptions");
        Assert.Equal("""{"heartbeats":["heartbeats"]}""", listed.GetRawText());
        long first = Counter(await socket.NextAsync("heartbeats"));
        Assert.Equal(first + 1, Counter(await socket.NextAsync("heartbeats")));
        Assert.Equal(first + 2, Counter(await socket.NextAsync("heartbeats")));
    }

    [Fact]
    public async Task Status_tells_products_and_their_changes()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("status");
        JsonElement product = (await socket.NextAsync("status")).GetProperty("events")[0].GetProperty("products")[0];
        Assert.Equal("BTC-USD", product.GetProperty("id").GetString());
        Assert.Equal("online", product.GetProperty("status").GetString());
        sim.Venue.SetProduct(sim.Venue.FindProduct("BTC-USD")! with { Status = "delisted" });
        JsonElement update;
        do
        {
            update = await socket.NextAsync("status");
            product = update.GetProperty("events")[0].GetProperty("products")[0];
        }
        while (product.GetProperty("status").GetString() != "delisted");

        Assert.Equal("update", update.GetProperty("events")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Ticker_batch_has_no_best_prices()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with { Wire = AtOnce });
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("ticker_batch", "BTC-USD");
        sim.Player.StepTrades(2);
        string? price;
        do
        {
            // A batch may be due between the two trades.
            JsonElement message = await socket.NextAsync("ticker_batch");
            JsonElement ticker = message.GetProperty("events")[0].GetProperty("tickers")[0];
            price = ticker.GetProperty("price").GetString();
            Assert.False(ticker.TryGetProperty("best_bid", out _));
        }
        while (price != "101");
    }

    private static string[] Ids(JsonElement message) =>
        [.. message.GetProperty("events")[0].GetProperty("trades").EnumerateArray()
            .Select(trade => trade.GetProperty("trade_id").GetString()!)];

    private static long Counter(JsonElement message) =>
        message.GetProperty("events")[0].GetProperty("heartbeat_counter").GetInt64();

    private static void Apply(SortedDictionary<string, string> book, JsonElement message, string type)
    {
        JsonElement change = message.GetProperty("events")[0];
        Assert.Equal(type, change.GetProperty("type").GetString());
        foreach (JsonElement level in change.GetProperty("updates").EnumerateArray())
        {
            string key = $"{level.GetProperty("side").GetString()} {level.GetProperty("price_level").GetString()}";
            string quantity = level.GetProperty("new_quantity").GetString()!;
            if (quantity == "0")
            {
                Assert.True(book.Remove(key));
            }
            else
            {
                book[key] = quantity;
            }
        }
    }
}
