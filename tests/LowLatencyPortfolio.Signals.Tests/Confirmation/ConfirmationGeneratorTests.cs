using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals.Tests;

public sealed class ConfirmationGeneratorTests
{
    private static readonly ProductSpec Product = new("BTC-USD", 0.01m, 0.00000001m);
    private static readonly EntryVotes Two = new(0, null, 1, 3);

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task As_many_votes_as_the_pair_needs_are_an_entry(int level, bool enters)
    {
        EntrySignal signal = await Generator(level: level).GenerateAsync(
            "BTC-USD", Snapshot(), TestContext.Current.CancellationToken);
        Assert.Equal(enters, signal.ShouldEnter);
        Assert.Equal(Two.Confidence, signal.Confidence);
        Assert.Equal(enters ? 100.123m - 0.003m : null, signal.LimitPrice);
        Assert.Null(signal.Quantity);
        Assert.Contains("2 of 3 votes (RSI* VWAP)", signal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_held_protected_or_being_sold_is_not_entered_again()
    {
        ConfirmationGenerator generator = Generator();
        foreach (MarketSnapshot snapshot in (MarketSnapshot[])
            [
                Snapshot() with { Held = 0.1m }, Snapshot() with { StopTrigger = 90m },
                Snapshot() with { IsExiting = true },
            ])
        {
            EntrySignal signal = generator.Judge("BTC-USD", snapshot);
            Assert.False(signal.ShouldEnter);
            Assert.Contains("held already", signal.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_snapshot_without_candles_is_no_entry_and_says_why()
    {
        MarketSnapshot bare = new() { ProductId = "BTC-USD", At = DateTimeOffset.UnixEpoch };
        EntrySignal signal = Generator(level: 1).Judge("BTC-USD", bare);
        Assert.False(signal.ShouldEnter);
        Assert.Equal("no candle has closed yet", signal.Reason);
    }

    [Fact]
    public void A_price_that_needs_an_average_true_range_waits_for_it()
    {
        ConfirmationSettings settings = new() { EntryPrice = EntryPriceMode.AtrFraction };
        MarketSnapshot known = Snapshot() with { Indicators = default(IndicatorValues) with { Atr = 2.5 } };
        Assert.Equal(98.87m, Generator(settings).Judge("BTC-USD", known).LimitPrice);
        EntrySignal early = Generator(settings).Judge("BTC-USD", Snapshot());
        Assert.False(early.ShouldEnter);
        Assert.Contains("no limit price", early.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 2, 0.3, true)]
    [InlineData(true, 2, 0.29, false)]
    [InlineData(true, 3, 0.9, false)]
    [InlineData(false, 3, 0.3, true)]
    [InlineData(false, 1, 0.29, false)]
    [InlineData(true, 1, null, false)]
    [InlineData(false, 1, null, false)]
    public void The_fused_model_decides_with_the_votes_or_alone_and_silence_refuses(
        bool withVotes, int level, double? probability, bool enters)
    {
        FusionSettings fusion = new() { Enabled = true, MinProbability = 0.3m, RequireVotes = withVotes };
        ConfirmationGenerator generator = new(new ConfirmationSettings(), Pairs(level), fusion);
        EntrySignal signal = generator.Judge("BTC-USD", Snapshot() with { RiseProbability = probability });
        Assert.Equal(enters, signal.ShouldEnter);
        Assert.Equal((decimal)(probability ?? 0), signal.Confidence);
        Assert.Contains(
            probability is null ? "the fused model says nothing yet" : "rise of 1.2% within 12 candles",
            signal.Reason, StringComparison.Ordinal);
        Assert.Equal(withVotes, signal.Reason.Contains("of 3 votes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fused_model_that_is_off_has_no_say()
    {
        ConfirmationGenerator generator = new(new ConfirmationSettings(), Pairs(2), new FusionSettings());
        EntrySignal signal = generator.Judge("BTC-USD", Snapshot() with { RiseProbability = 0 });
        Assert.True(signal.ShouldEnter);
        Assert.Equal(Two.Confidence, signal.Confidence);
        FusionSettings faulty = new() { MinProbability = 2m };
        Assert.Throws<ConfigurationException>(
            () => new ConfirmationGenerator(new ConfirmationSettings(), [], faulty));
    }

    [Fact]
    public void A_product_nobody_named_is_refused() =>
        Assert.Throws<ArgumentException>(() => Generator().Judge("ETH-USD", Snapshot()));

    [Theory]
    [InlineData(EntryPriceMode.Last, "100.129", "100.12")]
    [InlineData(EntryPriceMode.Last, "0.01", "0.01")]
    [InlineData(EntryPriceMode.BidOffset, "100.12", "100.06")]
    [InlineData(EntryPriceMode.BidOffset, "0.01", null)]
    [InlineData(EntryPriceMode.AtrFraction, "100.12", "99.47")]
    [InlineData(EntryPriceMode.AtrFraction, "0.65", null)]
    public void A_limit_is_on_the_increment_rounded_down(EntryPriceMode mode, string close, string? limit)
    {
        ConfirmationSettings settings = new() { EntryPrice = mode, EntryOffsetBps = 5m, EntryAtrFraction = 0.5m };
        Assert.Equal(
            limit is null ? null : Number(limit), EntryPricing.LimitFor(settings, Product, Number(close), atr: 1.3));
    }

    [Fact]
    public void A_limit_is_never_above_the_price_it_is_made_of_whatever_the_increment()
    {
        Random random = new(8);
        ConfirmationSettings settings = new();
        for (int i = 0; i < 20_000; i++)
        {
            decimal increment = random.Next(1, 1_000) / 100_000_000m;
            decimal close = random.NextInt64(1_000_000_000_000) / 100_000_000m;
            ProductSpec product = new("A-USD", increment, 0.00000001m);
            decimal? limit = EntryPricing.LimitFor(settings, product, close, atr: null);
            if (close < increment)
            {
                Assert.Null(limit);
                continue;
            }

            Assert.Equal(0m, limit!.Value % increment);
            Assert.InRange(close - limit.Value, 0m, increment - 0.00000001m);
        }
    }

    [Fact]
    public void Entries_of_one_close_go_the_surest_first_then_by_product()
    {
        List<EntrySignal> entries =
            [Entry("b-USD", 0.5m), Entry("B-USD", 0.5m), Entry("C-USD", 0.9m), Entry("A-USD", 0.5m)];
        entries.Sort(EntryPriority.Instance);
        Assert.Equal(["C-USD", "A-USD", "B-USD", "b-USD"], entries.Select(entry => entry.ProductId));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static EntrySignal Entry(string productId, decimal confidence) =>
        new() { ProductId = productId, ShouldEnter = true, Confidence = confidence };

    private static ConfirmationGenerator Generator(ConfirmationSettings? settings = null, int level = 2) => new(
        settings ?? new ConfirmationSettings(), Pairs(level));

    private static (ProductSpec Product, PairConfig Config)[] Pairs(int level) =>
        [(Product, new PairConfig { ProductId = "BTC-USD", EntryConfirmationLevel = level })];

    private static MarketSnapshot Snapshot() => new()
    {
        ProductId = "BTC-USD",
        At = DateTimeOffset.UnixEpoch,
        Votes = Two,
        Candles =
        [
            new MarketCandle(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(5), 100m, 101m, 99m, 100.123m, 5m),
        ],
    };
}
