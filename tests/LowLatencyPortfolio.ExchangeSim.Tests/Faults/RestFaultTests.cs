using System.Diagnostics;
using System.Net;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Faults;

public sealed class RestFaultTests
{
    [Theory]
    [InlineData("timeout")]
    [InlineData("reset")]
    public async Task A_lost_answer_leaves_the_order_accepted_and_the_client_with_nothing(string variant)
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync(
            $$"""{"faults":[{"on":"create","fault":"lost-ack","variant":"{{variant}}","nth":1,"milliseconds":50}]}""");
        await Assert.ThrowsAsync<HttpRequestException>(async () => await sim.BuyAsync("one"));
        OrderView order = Assert.Single(sim.Venue.Orders);
        using HttpResponseMessage again = await sim.BuyAsync("one");
        using JsonDocument answer = JsonDocument.Parse(await again.Content.ReadAsStringAsync());
        Assert.Equal(order.OrderId,
            answer.RootElement.GetProperty("success_response").GetProperty("order_id").GetString());
        Assert.Single(sim.Venue.Orders);
    }

    [Fact]
    public async Task A_5xx_after_acceptance_leaves_the_order_accepted()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"lost-ack","variant":"5xx","nth":1}]}""");
        using HttpResponseMessage answer = await sim.BuyAsync("one");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("order_id", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(sim.Venue.Orders);
    }

    [Fact]
    public async Task A_server_error_leaves_nothing()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"server-error","nth":1}]}""");
        using HttpResponseMessage answer = await sim.BuyAsync("one");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(sim.Venue.Orders);
    }

    [Fact]
    public async Task A_cut_connection_leaves_nothing()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"disconnect","nth":1}]}""");
        await Assert.ThrowsAsync<HttpRequestException>(async () => await sim.BuyAsync("one"));
        Assert.Empty(sim.Venue.Orders);
    }

    [Fact]
    public async Task A_burst_of_429_carries_nothing_out_and_ends()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"too-many-requests","nth":1,"count":3}]}""");
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage refused = await sim.BuyAsync($"r{i}");
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.True(refused.Headers.Contains("x-ratelimit-reset"));
        }

        using HttpResponseMessage good = await sim.BuyAsync("good");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Single(sim.Venue.Orders);
    }

    [Fact]
    public async Task A_doubled_request_is_answered_with_the_first_order()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"duplicate","nth":1}]}""");
        using HttpResponseMessage answer = await sim.BuyAsync("one");
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(Assert.Single(sim.Venue.Orders).OrderId,
            body.RootElement.GetProperty("success_response").GetProperty("order_id").GetString());
    }

    [Fact]
    public async Task A_doubled_cancel_is_told_that_it_is_one()
    {
        await using TestSim sim = await StartAsync();
        sim.Venue.Settings = sim.Venue.Settings with { CancelLatencyNs = VenueTime.SecondNs };
        using HttpResponseMessage created = await sim.BuyAsync("one");
        await sim.BreakAsync("""{"faults":[{"on":"cancel","fault":"duplicate","nth":1}]}""");
        using HttpResponseMessage answer = await sim.SendAsync(
            HttpMethod.Post, $"{TestSim.Prefix}/orders/batch_cancel",
            new { order_ids = new[] { sim.Venue.Orders[0].OrderId } });
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.False(body.RootElement.GetProperty("results")[0].GetProperty("success").GetBoolean());
        Assert.Equal(OrderStatus.CancelQueued, sim.Venue.Orders[0].Status);
    }

    [Theory]
    [InlineData("request")]
    [InlineData("answer")]
    public async Task A_delay_is_at_least_as_long_as_asked(string variant)
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync(
            $$"""{"faults":[{"on":"query","fault":"delay","variant":"{{variant}}","milliseconds":300,"nth":1}]}""");
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await sim.SendAsync(HttpMethod.Get, $"{TestSim.Prefix}/accounts");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290));
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(body.RootElement.TryGetProperty("accounts", out _));
    }

    [Fact]
    public async Task A_reordered_request_is_carried_out_after_the_next_one()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"reorder","nth":1,"milliseconds":30000}]}""");
        Task<HttpResponseMessage> first = sim.BuyAsync("first");
        await UntilAsync(async () =>
            (await sim.Http.GetStringAsync("/admin/wire/faults")).Contains("[1]", StringComparison.Ordinal));
        using HttpResponseMessage second = await sim.BuyAsync("second");
        using HttpResponseMessage late = await first;
        Assert.Equal(["second", "first"], sim.Venue.Orders.Select(order => order.ClientOrderId));
    }

    [Fact]
    public async Task A_query_can_be_answered_with_hostile_text()
    {
        await using TestSim sim = await StartAsync();
        string path = $"{TestSim.Prefix}/market/products/BTC-USD";
        await sim.BreakAsync("""
            {"faults":[{"on":"query","fault":"hostile-price","variant":"nan","nth":1},
                       {"on":"query","fault":"hostile-json","nth":2},
                       {"on":"query","fault":"hostile-json","variant":"huge","nth":3}]}
            """);
        Assert.Contains("\"price\":\"NaN\"", await sim.Http.GetStringAsync(path), StringComparison.Ordinal);
        string truncated = await sim.Http.GetStringAsync(path);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(truncated).Dispose());
        Assert.True((await sim.Http.GetByteArrayAsync(path)).Length > 10_000_000);
    }

    [Fact]
    public async Task A_stale_query_is_answered_as_it_was_before()
    {
        await using TestSim sim = await StartAsync();
        string path = $"{TestSim.Prefix}/orders/historical/batch";
        await sim.BreakAsync("""{"faults":[{"on":"query","fault":"stale","nth":2}]}""");
        using HttpResponseMessage before = await sim.SendAsync(HttpMethod.Get, path);
        using HttpResponseMessage created = await sim.BuyAsync("one");
        using HttpResponseMessage stale = await sim.SendAsync(HttpMethod.Get, path);
        using HttpResponseMessage after = await sim.SendAsync(HttpMethod.Get, path);
        Assert.Equal(await before.Content.ReadAsStringAsync(), await stale.Content.ReadAsStringAsync());
        Assert.DoesNotContain("\"one\"", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"one\"", await after.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Venue_faults_come_by_the_same_plan()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"venue":[{"kind":"create_refused","occurrences":[1]}]}""");
        using HttpResponseMessage refused = await sim.BuyAsync("one");
        Assert.Contains("\"success\":false", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage taken = await sim.BuyAsync("two");
        Assert.Contains("\"success\":true", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_plan_changes_nothing_and_tells_everything()
    {
        await using TestSim sim = await StartAsync();
        await sim.BreakAsync("""{"faults":[{"on":"create","fault":"server-error"}]}""");
        using HttpResponseMessage answer = await sim.Http.PostAsync(
            "/admin/wire/faults", new StringContent("""{"faults":[{"on":"x","fault":"y"}]}"""));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("faults[0].on", text, StringComparison.Ordinal);
        Assert.Contains("faults[0].fault", text, StringComparison.Ordinal);
        using HttpResponseMessage still = await sim.BuyAsync("one");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, still.StatusCode);
    }

    private static async Task<TestSim> StartAsync()
    {
        TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        return sim;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
