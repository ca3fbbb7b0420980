using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;
using LowLatencyPortfolio.ExchangeSim.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Play;

public sealed class TickPlayerTests
{
    private const string Header = "time,price,size\n";

    [Fact]
    public async Task Files_are_merged_by_time_and_numbers_go_up_per_product()
    {
        await using TestSim sim = await TestSim.StartAsync(
            null,
            ("BTC-USD", Header + "2026-08-09T21:00:00Z,10,1\n2026-08-09T21:00:02Z,12,1\n2026-08-09T21:00:04Z,12,1\n"),
            ("ETH-USD", Header + "2026-08-09T21:00:01Z,5,1\n2026-08-09T21:00:03Z,4,1\n"));
        var prints = new List<TradePrint>();
        sim.Venue.Traded += prints.Add;
        sim.Player.StepTrades(100);
        Assert.Equal(["BTC-USD 1", "ETH-USD 1", "BTC-USD 2", "ETH-USD 2", "BTC-USD 3"],
            prints.Select(print => $"{print.ProductId} {print.TradeId}"));
        Assert.Equal([OrderSide.Sell, OrderSide.Sell, OrderSide.Sell, OrderSide.Buy, OrderSide.Sell],
            prints.Select(print => print.MakerSide));
        Assert.True(sim.Player.Status.Ended);
        Assert.Equal(5, sim.Player.Status.Played);
    }

    [Fact]
    public async Task The_files_own_trade_numbers_are_kept()
    {
        await using TestSim sim = await TestSim.StartAsync();
        var prints = new List<TradePrint>();
        sim.Venue.Traded += prints.Add;
        sim.Player.StepTrades(2);
        Assert.Equal([1000, 1001], prints.Select(print => print.TradeId));
    }

    [Fact]
    public async Task A_step_in_time_plays_what_trades_until_then()
    {
        await using TestSim sim = await TestSim.StartAsync();
        using var body = new StringContent(
            """{"to":"2026-08-09T21:00:03.5Z"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await sim.Http.PostAsync("/admin/step", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using JsonDocument status = JsonDocument.Parse(await sim.Http.GetStringAsync("/admin/play"));
        Assert.Equal(4, status.RootElement.GetProperty("played").GetInt64());
        Assert.Equal("2026-08-09T21:00:03.500000000Z", status.RootElement.GetProperty("now").GetString());
        using HttpResponseMessage more = await sim.Http.PostAsync("/admin/play/step?trades=2", null);
        using JsonDocument after = JsonDocument.Parse(await more.Content.ReadAsStringAsync());
        Assert.Equal(6, after.RootElement.GetProperty("played").GetInt64());
    }

    [Fact]
    public async Task Full_speed_waits_for_a_subscriber_and_loses_no_trade()
    {
        const int Trades = 20_000;
        var tape = new StringBuilder(Header);
        for (int i = 0; i < Trades; i++)
        {
            tape.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"2026-08-09T21:{i / 1000:00}:{i % 60:00}.{0:000}Z,{100 + (i % 7)},1\n");
        }

        string sorted = Header + string.Join('\n', tape.ToString().Split('\n').Skip(1)
            .Where(line => line.Length > 0).Order(StringComparer.Ordinal)) + "\n";
        await using TestSim sim = await TestSim.StartAsync(
            options => options with
            {
                Speed = PlaySpeed.Max,
                WaitsForSubscriber = true,
                Wire = new WireSettings { TradeBatch = TimeSpan.Zero },
            },
            ("BTC-USD", sorted));
        Assert.Equal(0, sim.Player.Status.Played);
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("market_trades", "BTC-USD");
        JsonElement snapshot = (await socket.NextAsync("market_trades")).GetProperty("events")[0];
        Assert.Equal(0, snapshot.GetProperty("trades").GetArrayLength());
        for (int expected = 1; expected <= Trades; expected++)
        {
            JsonElement message = await socket.NextAsync();
            Assert.Equal(expected + 1, message.GetProperty("sequence_num").GetInt64());
            string? id = message.GetProperty("events")[0].GetProperty("trades")[0].GetProperty("trade_id").GetString();
            Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture), id);
        }
    }

    [Fact]
    public async Task Paced_time_goes_on_after_the_last_trade()
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Speed = new PlaySpeed(1_000), WaitsForSubscriber = false,
        });
        long end = VenueTime.ToNs(new DateTime(2026, 8, 9, 21, 1, 0, DateTimeKind.Utc));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (sim.Player.Status.NowNs < end)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(10, sim.Player.Status.Played);
    }

    [Fact]
    public async Task Rebased_data_begins_now()
    {
        long before = VenueTime.ToNs(DateTime.UtcNow);
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Speed = PlaySpeed.Max, WaitsForSubscriber = true, Rebase = true,
        });
        var first = new TaskCompletionSource<TradePrint>();
        sim.Venue.Traded += print => first.TrySetResult(print);
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("ticker", "BTC-USD");
        TradePrint trade = await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.InRange(trade.TimeNs, before, VenueTime.ToNs(DateTime.UtcNow));
    }

    [Fact]
    public async Task Rebased_data_that_is_stepped_begins_now_too()
    {
        long before = VenueTime.ToNs(DateTime.UtcNow);
        await using TestSim sim = await TestSim.StartAsync(options => options with { Rebase = true });
        sim.Player.StepTrades(1);
        long first = sim.Player.Status.NowNs;
        Assert.InRange(first, before, VenueTime.ToNs(DateTime.UtcNow));
        sim.Player.StepTo(first + VenueTime.SecondNs);
        Assert.Equal(2, sim.Player.Status.Played);
    }

    [Fact]
    public async Task Who_steps_can_see_what_clients_have_not_taken_yet()
    {
        await using TestSim sim = await TestSim.StartAsync();
        using JsonDocument none = JsonDocument.Parse(await sim.Http.GetStringAsync("/admin/play"));
        Assert.Equal(0, none.RootElement.GetProperty("queued").GetInt32());
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SubscribeAsync("ticker", "BTC-USD");
        await sim.BreakAsync("""{"faults":[{"on":"market-ws","fault":"delay","milliseconds":600000,"nth":1}]}""");
        sim.Player.StepTrades(5);
        int queued = 0;
        for (int look = 0; look < 3_000 && queued < 4; look++)
        {
            using JsonDocument some = JsonDocument.Parse(await sim.Http.GetStringAsync("/admin/play"));
            queued = some.RootElement.GetProperty("queued").GetInt32();
        }

        Assert.InRange(queued, 4, 5);
    }

    [Theory]
    [InlineData("max", true)]
    [InlineData("step", true)]
    [InlineData("1x", true)]
    [InlineData("2.5x", true)]
    [InlineData("0x", false)]
    [InlineData("-1x", false)]
    [InlineData("x", false)]
    [InlineData("fast", false)]
    [InlineData("1e9x", false)]
    public void Speeds_are_max_step_or_a_factor(string text, bool good) =>
        Assert.Equal(good, PlaySpeed.TryParse(text, out _));
}
