using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Live;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Live;

/// <summary>
/// What a person reads of a live run: where orders go, what may be lost, how it stands; and its grids.
/// </summary>
public sealed class LiveTextTests
{
    [Fact]
    public void Real_money_is_named_with_its_limits_pairs_and_capital()
    {
        AccountFacts account = new("p-1", new FeeRates(0.004m, 0.006m), 25_000m);
        string[] lines = [.. OpeningLines.Of(Request(account))];
        Assert.Equal(
            [
                "REAL MONEY: orders go to api.coinbase.com, portfolio p-1",
                "  Pairs: BTC-USD",
                "  Capital: $10,000.00 of $25,000.00 in the portfolio; at most $500.00 an order, 5 % a position, 10 positions",
                "  Fees reckoned with: maker 0.6 %, taker 1.2 % (the account's: 0.4 %, 0.6 %)",
                "  What may be lost: at -$1,000.00 everything is sold; through a gap in the price, up to all $10,000.00",
                "  Advice: give it a portfolio of its own and a key bound to that; what else trades there is not protected",
                "  Ctrl-C or SIGTERM stops it in order",
            ],
            lines);
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public void A_paper_session_says_that_it_is_one() =>
        Assert.Equal(
            [
                "Paper trading on live prices of BTC-USD",
                "  Ends after 90 s; Ctrl-C or SIGTERM stops it in order before",
            ],
            OpeningLines.Of(Request(account: null) with { Length = TimeSpan.FromSeconds(90) }));

    [Theory]
    [InlineData(0, TradingMode.Trading, "84,321 ticks  1 position  equity $10,012.50  feed good")]
    [InlineData(2, TradingMode.Halted, "84,321 ticks  1 position  equity $10,012.50  feed down for 2 of 3  HALTED")]
    public void The_status_line_says_ticks_positions_equity_and_feed(int bad, TradingMode mode, string expected)
    {
        PortfolioFigures figures = new() { ActivePositions = 1, Equity = 10_012.5m, Mode = mode };
        Assert.Equal(expected, LiveStatus.Text(84_321, in figures, "USD", bad, 3));
    }

    [Fact]
    public void Fees_that_no_fill_has_told_are_told_at_the_end()
    {
        Assert.Null(LiveReport.LateFees(0m, "USD"));
        Assert.Equal(
            "the venue has charged 0.12345678 USD more in fees than it told with the fills; they are not in these figures",
            LiveReport.LateFees(0.1234567800m, "USD"));
    }

    [Fact]
    public void A_configured_grid_comes_before_the_venues_and_an_unknown_product_is_a_fault()
    {
        FaultLines faults = new();
        List<string> notes = [];
        RunConfiguration configuration = new()
        {
            Pairs = [.. ((string[])["ETH-USD", "BTC-USD", "NO-USD"]).Select(id => new PairConfig { ProductId = id })],
            Products = [new ProductSpec("ETH-USD", 0.05m, 0.001m)],
        };
        PairSetup[] pairs = VenueProducts.Resolve(
            configuration, [Listing("BTC-USD", isTradable: true), Listing("ETH-USD", isTradable: false)],
            faults, notes);
        Assert.Equal(
            [("BTC-USD", 0.01m, 0.00000001m, 1m), ("ETH-USD", 0.05m, 0.001m, 0m)],
            pairs.Select(pair => (pair.ProductId, pair.Product.PriceIncrement, pair.Product.QuantityIncrement,
                pair.Product.MinNotional)));
        Assert.Equal(
            ["pairs: NO-USD: the venue does not know it; list it under products if you know better"], faults.Lines);
        Assert.Equal(["ETH-USD: the venue takes no new orders of it at present"], notes);
    }

    [Fact]
    public void A_grid_of_the_venue_that_the_ring_cannot_say_is_a_fault_of_its_product()
    {
        FaultLines faults = new();
        RunConfiguration configuration = new() { Pairs = [new PairConfig { ProductId = "BTC-USD" }] };
        CoinbaseListing listing = Listing("BTC-USD", isTradable: true);
        listing = listing with { Product = listing.Product with { PriceIncrement = 0m } };
        Assert.Empty(VenueProducts.Resolve(configuration, [listing], faults, []));
        Assert.StartsWith("BTC-USD: ", Assert.Single(faults.Lines), StringComparison.Ordinal);
    }

    private static CoinbaseListing Listing(string id, bool isTradable) => new(
        new CoinbaseProduct(id, 0.01m, 0.00000001m, 0.00000001m, 1m, isTradable, false, false, false, false), 100m);

    private static LiveRequest Request(AccountFacts? account) => new()
    {
        Portfolio = new PortfolioConfig { TotalCapital = 10_000m, MaxOrderNotional = 500m },
        Paper = new PaperConfig(),
        Pairs = PairSetup.Arrange(
            [(new ProductSpec("BTC-USD", 0.01m, 0.00000001m), new PairConfig { ProductId = "BTC-USD" })]),
        Entries = [],
        Endpoints = new CoinbaseEndpoints(),
        Credentials = null,
        Account = account,
        DatabasePath = "x.db",
        RecordPath = null,
        Topology = Topology.Fused,
        Length = null,
    };
}
