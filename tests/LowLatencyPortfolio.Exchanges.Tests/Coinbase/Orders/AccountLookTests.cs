using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>What a start asks of an account whose lists are not written at one moment.</summary>
public sealed class AccountLookTests
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 9, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new();
    private readonly FakeQueries _queries;

    public AccountLookTests()
    {
        _queries = new FakeQueries(_time);
        _queries.Accounts.Add(new CoinbaseAccount("BTC", 0m, 10m));
    }

    [Fact]
    public async Task A_look_is_repeated_until_nothing_traded_between_orders_and_balances()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Open));
        _queries.Orders.Add(Seen(1, VenueStatus.Open) with { ClientOrderId = "somebody", OrderId = "theirs" });
        _queries.Trade = () =>
        {
            _queries.Orders[0] = Seen(1, VenueStatus.Filled, 10m);
            _queries.Accounts[^1] = new CoinbaseAccount("BTC", 0m, 0m);
        };
        VenuePortfolio seen = await LookAsync();
        SeenOrder order = Assert.Single(seen.Orders);
        Assert.Equal((false, 10m), (order.IsOpen, order.FilledSize));
        Assert.Equal(new VenueBalance(0m, 0m), seen.Balances["BTC"]);
    }

    [Fact]
    public async Task Balances_are_asked_for_after_the_orders_and_fills_that_they_are_compared_with()
    {
        _ = await LookAsync();
        Assert.Equal(
            [
                "TimeAsync", "ProductsAsync", "OpenOrdersAsync", "RecentOrdersAsync", "FillsAsync", "AccountsAsync",
                "OpenOrdersAsync", "RecentOrdersAsync", "FillsAsync",
            ],
            _queries.Questions);
    }

    [Fact]
    public async Task An_order_of_ours_that_only_a_fill_names_is_asked_for_by_its_id()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Filled, 10m));
        _queries.Unlisted.Add("venue-1");
        _queries.Fills.Add(Fill("a", "venue-1", 10m, Liquidity.Taker));
        SeenOrder order = Assert.Single((await LookAsync()).Orders);
        Assert.True(order.IsInNoList);
        Assert.Equal((10m, 1000m, false), (order.FilledSize, order.FilledValue, order.IsOpen));
        Assert.Equal(Liquidity.Taker, order.LiquidityOfLast(10m));
    }

    [Fact]
    public async Task An_order_of_somebody_else_that_only_a_fill_names_is_asked_for_once_and_left_alone()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Filled, 10m) with { ClientOrderId = "theirs" });
        _queries.Unlisted.Add("venue-1");
        _queries.Fills.Add(Fill("a", "venue-1", 10m));
        _queries.Fills.Add(Fill("b", "unknown", 1m) with { ProductId = "DOGE-USD" });
        VenuePortfolio seen = await LookAsync();
        Assert.Empty(seen.Orders);
        Assert.Single(_queries.Questions, question => question == "FindOrderAsync");
    }

    [Fact]
    public async Task A_list_that_is_behind_the_fills_is_overruled_by_the_order_itself()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Filled, 10m));
        _queries.Listed = order => order with { Status = VenueStatus.Open, FilledSize = 0m, FilledValue = 0m };
        _queries.Fills.Add(Fill("a", "venue-1", 10m));
        VenuePortfolio seen = await LookAsync();
        Assert.Empty(seen.Contradictions);
        SeenOrder order = Assert.Single(seen.Orders);
        Assert.Equal((false, 10m, false), (order.IsOpen, order.FilledSize, order.IsInNoList));
    }

    [Fact]
    public async Task Fills_that_say_more_than_their_order_are_looked_at_until_both_agree()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Open));
        _queries.Fills.Add(Fill("a", "venue-1", 10m));
        int looks = 0;
        _queries.Balances = () => _queries.Orders[0] = ++looks < 7 ? Seen(1, VenueStatus.Open) : Filled(1);
        VenuePortfolio seen = await LookAsync();
        Assert.Empty(seen.Contradictions);
        Assert.Equal(10m, Assert.Single(seen.Orders).FilledSize);
        Assert.Equal(8, looks);     // the last one says the same as the one before
    }

    [Fact]
    public async Task Fills_that_never_agree_with_their_order_are_told_after_a_while()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Open, 4m));
        _queries.Orders.Add(Seen(2, VenueStatus.Open, 4m));
        _queries.Fills.Add(Fill("a", "venue-1", 4m));
        _queries.Fills.Add(Fill("b", "venue-1", 1m));
        _queries.Fills.Add(Fill("c", "venue-2", 4m));
        VenuePortfolio seen = await LookAsync();
        Assert.Equal(
            [new FillContradiction("llp-engine1-1-1", "venue-1", "BTC-USD", 4m, 5m)], seen.Contradictions);
        Assert.Equal(20, _queries.Questions.Count(question => question == "AccountsAsync"));
    }

    [Fact]
    public async Task Fills_that_are_fewer_than_the_order_says_and_corrections_are_no_contradiction()
    {
        _queries.Orders.Add(Seen(1, VenueStatus.Open, 4m));
        _queries.Orders.Add(Seen(2, VenueStatus.Open, 4m));
        _queries.Fills.Add(Fill("a", "venue-1", 3m));
        _queries.Fills.Add(Fill("b", "venue-2", 5m));
        _queries.Fills.Add(Fill("c", "venue-2", 0m) with { IsTrade = false });
        VenuePortfolio seen = await LookAsync();
        Assert.Empty(seen.Contradictions);
        Assert.Equal(Liquidity.None, seen.Orders[1].LiquidityOfLast(1m));
    }

    [Fact]
    public async Task Liquidity_is_that_of_the_newest_fills_which_cover_the_part_asked_about()
    {
        _queries.Orders.Add(Filled(1));
        _queries.Fills.Add(Fill("d", "venue-1", 2m, Liquidity.Maker, minute: 3));
        _queries.Fills.Add(Fill("c", "venue-1", 3m, Liquidity.Maker, minute: 2));
        _queries.Fills.Add(Fill("b", "venue-1", 1m, Liquidity.Taker, minute: 1));
        SeenOrder order = Assert.Single((await LookAsync()).Orders);
        Assert.Equal(
            [Liquidity.Maker, Liquidity.Maker, Liquidity.None, Liquidity.None],
            ((decimal[])[2m, 5m, 5.5m, 10m]).Select(order.LiquidityOfLast));
    }

    [Fact]
    public async Task Fills_are_asked_for_from_the_cursor_less_what_the_clocks_differ_by_and_orders_from_the_earlier()
    {
        _queries.Skew = TimeSpan.FromSeconds(-3);
        long cursor = (Noon - DateTimeOffset.UnixEpoch).Ticks * 100;
        AccountLook look = new(_queries, Pairs.Of("BTC-USD"), new CoinbaseGatewayOptions { Time = _time });
        _ = await look.RunAsync("engine1", cursor + 1_000_000_000, cursor, TestContext.Current.CancellationToken);
        Assert.Equal((Noon, Noon.AddSeconds(-3)), (_queries.OrdersSince, _queries.FillsSince));
        _ = await look.RunAsync("engine1", cursor - 1_000_000_000, cursor, TestContext.Current.CancellationToken);
        Assert.Equal(Noon.AddSeconds(-1), _queries.OrdersSince);
    }

    private Task<VenuePortfolio> LookAsync()
    {
        CoinbaseGatewayOptions options = new() { Time = _time, ListsAgreeWithin = TimeSpan.Zero };
        return new AccountLook(_queries, Pairs.Of("BTC-USD", "ETH-USD"), options)
            .RunAsync("engine1", 0, 0, TestContext.Current.CancellationToken);
    }

    private static CoinbaseOrder Filled(long sequence) => Seen(sequence, VenueStatus.Filled, 10m);

    private static CoinbaseOrder Seen(long sequence, VenueStatus status, decimal filled = 0m) => new()
    {
        OrderId = $"venue-{sequence}", ClientOrderId = $"llp-engine1-1-{sequence}", ProductId = "BTC-USD",
        Side = OrderSide.Sell, Status = status, FilledSize = filled, FilledValue = filled * 100m, TotalFees = filled,
        Size = 10m, LimitPrice = 97m, StopPrice = 98m,
    };

    private static CoinbaseFill Fill(
        string entry, string order, decimal size, Liquidity liquidity = Liquidity.Maker, int minute = 0) => new(
        entry, order, "BTC-USD", OrderSide.Sell, 100m, size, 0.1m, liquidity, Noon.AddMinutes(minute));
}
