using System.Net;
using System.Net.Http.Headers;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Wire;

public sealed class RestGateTests
{
    private const string Accounts = TestSim.Prefix + "/accounts";

    [Fact]
    public async Task Without_a_good_token_the_answer_is_unauthorized_in_plain_text()
    {
        await using TestSim sim = await TestSim.StartAsync();
        using HttpResponseMessage none = await sim.Http.GetAsync(Accounts);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("text/plain", none.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Unauthorized\n", await none.Content.ReadAsStringAsync());
        using HttpRequestMessage request = sim.Request(HttpMethod.Get, Accounts);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sim.Token());
        using HttpResponseMessage withoutUri = await sim.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, withoutUri.StatusCode);
        using HttpResponseMessage good = await sim.SendAsync(HttpMethod.Get, Accounts + "?limit=10");
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        sim.Key.IsRevoked = true;
        using HttpResponseMessage revoked = await sim.SendAsync(HttpMethod.Get, Accounts);
        Assert.Equal(HttpStatusCode.Unauthorized, revoked.StatusCode);
    }

    [Fact]
    public async Task A_key_that_may_not_trade_may_still_look()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Venue.Settings = sim.Venue.Settings with { CanTrade = false };
        using HttpResponseMessage order = await sim.BuyAsync("one");
        Assert.Equal(HttpStatusCode.Forbidden, order.StatusCode);
        Assert.Contains("Missing required scopes", await order.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(sim.Venue.Orders);
        using HttpResponseMessage look = await sim.SendAsync(HttpMethod.Get, Accounts);
        Assert.Equal(HttpStatusCode.OK, look.StatusCode);
    }

    [Theory]
    [InlineData("/time")]
    [InlineData("/market/products")]
    [InlineData("/market/products/BTC-USD")]
    public async Task Public_paths_need_no_token(string path)
    {
        await using TestSim sim = await TestSim.StartAsync();
        using HttpResponseMessage answer = await sim.Http.GetAsync(TestSim.Prefix + path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Exchange_rates_say_what_one_unit_buys_of_each_currency()
    {
        await using TestSim sim = await TestSim.StartAsync();
        sim.Player.StepTrades(1);
        string rates = await sim.Http.GetStringAsync("/v2/exchange-rates?currency=USD");
        Assert.Contains("\"BTC\":\"0.01\"", rates, StringComparison.Ordinal);
        Assert.Contains("\"USD\":\"1\"", rates, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private")]
    [InlineData("public")]
    public async Task Above_the_limit_the_answer_is_429_with_the_venues_body_and_headers(string kind)
    {
        await using TestSim sim = await TestSim.StartAsync(options => options with
        {
            Limits = new Dictionary<string, int> { ["private"] = 3, ["public"] = 3 },
        });
        HttpResponseMessage? refused = null;
        for (int i = 0; i < 200 && refused is null; i++)
        {
            HttpResponseMessage answer = kind == "private"
                ? await sim.SendAsync(HttpMethod.Get, Accounts)
                : await sim.Http.GetAsync(TestSim.Prefix + "/time");
            Assert.Equal("3", Assert.Single(answer.Headers.GetValues("x-ratelimit-limit")));
            refused = answer.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
        }

        Assert.NotNull(refused);
        Assert.Equal("""{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}""",
            await refused.Content.ReadAsStringAsync());
        Assert.Equal("0", Assert.Single(refused.Headers.GetValues("x-ratelimit-remaining")));
        Assert.Equal("1", Assert.Single(refused.Headers.GetValues("x-ratelimit-reset")));
    }

    [Fact]
    public void A_bucket_holds_one_second_and_fills_at_the_rate()
    {
        var time = new ManualTime();
        var limiter = new RateLimiter(30, time);
        Assert.Equal(29, limiter.Take("a").Remaining);
        Assert.Equal(29, Enumerable.Range(0, 40).Count(_ => limiter.Take("a").Allowed));
        Assert.True(limiter.Take("b").Allowed);
        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, Enumerable.Range(0, 40).Count(_ => limiter.Take("a").Allowed));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(30, Enumerable.Range(0, 40).Count(_ => limiter.Take("a").Allowed));
    }

    [Fact]
    public async Task Clock_skew_moves_the_date_header_server_time_and_the_judgement_of_tokens()
    {
        await using TestSim sim = await TestSim.StartAsync();
        await sim.BreakAsync("""{"clock_skew_ms": 600000}""");
        using HttpResponseMessage time = await sim.Http.GetAsync(TestSim.Prefix + "/time");
        DateTimeOffset soon = DateTimeOffset.UtcNow.AddMinutes(9);
        Assert.True(time.Headers.Date > soon);
        Assert.Contains("epochMillis", await time.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage refused = await sim.SendAsync(HttpMethod.Get, Accounts);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        await sim.BreakAsync("{}");
        using HttpResponseMessage good = await sim.SendAsync(HttpMethod.Get, Accounts);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now = 1_000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
