using System.Globalization;

namespace LowLatencyPortfolio.Domain.Tests.Configuration;

public sealed class ConfigurationCheckTests
{
    private static readonly PairConfig Pair = new() { ProductId = "BTC-USD", CorrelationGroup = "majors" };
    private static readonly ProductSpec Product = new("BTC-USD", 0.01m, 0.00000001m, 0.0001m, 1m);

    [Fact]
    public void The_defaults_are_in_range_and_unsuspicious()
    {
        ConfigurationFindings findings = ConfigurationCheck.Check(new PortfolioConfig(), [Pair], [Product]);
        Assert.Empty(findings.Faults);
        Assert.Empty(findings.Warnings);
    }

    [Theory]
    [InlineData("0.001999", false)]
    [InlineData("0.002", true)]
    [InlineData("0.5", true)]
    [InlineData("0.500001", false)]
    [InlineData("0.123456", true)]
    [InlineData("0.1234567", false)]
    [InlineData("0.12345600000", true)]
    public void TrailPct_range(string value, bool allowed) =>
        AssertPair(allowed, "trailPct", Pair with { TrailPct = Number(value) });

    [Theory]
    [InlineData("-0.000001", false)]
    [InlineData("0", true)]
    [InlineData("0.2", true)]
    [InlineData("0.200001", false)]
    [InlineData("0.0000001", false)]
    public void StopLimitBufferPct_range(string value, bool allowed) =>
        AssertPair(allowed, "stopLimitBufferPct", Pair with { StopLimitBufferPct = Number(value) });

    [Theory]
    [InlineData("-0.000001", false)]
    [InlineData("0", true)]
    [InlineData("0.1", true)]
    [InlineData("0.100001", false)]
    [InlineData("0.0000001", false)]
    public void MinRatchet_range(string value, bool allowed) =>
        AssertPair(allowed, "minRatchet", Pair with { MinRatchet = Number(value) });

    [Theory]
    [InlineData("0", false)]
    [InlineData("0.0000000000000001", true)]
    [InlineData("0.00000000000000001", false)]      // 17 decimals
    [InlineData("5", true)]
    [InlineData("5.01", false)]                     // above maxPositionSizePct
    public void PositionSizePct_range(string value, bool allowed) =>
        AssertPair(allowed, "positionSizePct", Pair with { PositionSizePct = Number(value) });

    [Theory]
    [InlineData("0", false)]
    [InlineData("100", true)]
    [InlineData("100.01", false)]
    public void Collar_ranges(string value, bool allowed)
    {
        AssertPair(allowed, "entryCollarPct", Pair with { EntryCollarPct = Number(value) });
        AssertPair(allowed, "tickCollarPct", Pair with { TickCollarPct = Number(value) });
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public void Counts_are_at_least_one(int value, bool allowed)
    {
        AssertPair(allowed, "entryConfirmationLevel", Pair with { EntryConfirmationLevel = value });
        AssertPair(allowed, "maxEntryWaitCandles", Pair with { MaxEntryWaitCandles = value });
        AssertPair(allowed, "maxPriceAgeSeconds", Pair with { MaxPriceAgeSeconds = value });
        AssertPair(allowed, "maxEntriesPerHour", Pair with { MaxEntriesPerHour = value });
        AssertPair(allowed, "stopFillTimeoutSeconds", Pair with { StopFillTimeoutSeconds = value });
        AssertPair(allowed, "nakedBudgetSeconds", Pair with { NakedBudgetSeconds = value });
        AssertPortfolio(allowed, "maxPositions", new PortfolioConfig { MaxPositions = value });
        AssertPortfolio(allowed, "topNConcentration", new PortfolioConfig { TopNConcentration = value });
        AssertPortfolio(allowed, "maxConcurrentEntries", new PortfolioConfig { MaxConcurrentEntries = value });
        AssertPortfolio(allowed, "maxOrdersPerSecond", new PortfolioConfig { MaxOrdersPerSecond = value });
    }

    [Fact]
    public void Entries_per_hour_are_at_most_a_thousand()
    {
        AssertPair(true, "maxEntriesPerHour", Pair with { MaxEntriesPerHour = 1_000 });
        AssertPair(false, "maxEntriesPerHour", Pair with { MaxEntriesPerHour = 1_001 });
    }

    [Fact]
    public void Confirmation_level_is_at_most_three()
    {
        AssertPair(true, "entryConfirmationLevel", Pair with { EntryConfirmationLevel = 3 });
        AssertPair(false, "entryConfirmationLevel", Pair with { EntryConfirmationLevel = 4 });
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void The_naked_exit_comes_no_earlier_than_its_alarm(int exit, bool allowed) =>
        AssertPair(allowed, "nakedExitSeconds", Pair with { NakedBudgetSeconds = 2, NakedExitSeconds = exit });

    [Theory]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("l1", true)]
    public void A_correlation_group_has_a_name(string group, bool allowed) =>
        AssertPair(allowed, "correlationGroup", Pair with { CorrelationGroup = group });

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("0.01", true)]
    [InlineData("999999999999.99", true)]
    [InlineData("1000000000000", false)]
    public void TotalCapital_range(string value, bool allowed) =>
        AssertPortfolio(allowed, "totalCapital", new PortfolioConfig { TotalCapital = Number(value) });

    [Theory]
    [InlineData("-100", false)]
    [InlineData("-99.99", true)]
    [InlineData("-0.01", true)]
    [InlineData("0", false)]
    [InlineData("10", false)]
    public void Loss_ranges(string value, bool allowed)
    {
        decimal loss = Number(value);
        AssertPortfolio(allowed, "emergencyLiquidationLossPct", new() { EmergencyLiquidationLossPct = loss });
        AssertPortfolio(allowed, "dailyLossPct", new() { DailyLossPct = loss });
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1.99", false)]                     // below the default position size of 2 %: the pair is at fault
    [InlineData("2", true)]
    [InlineData("100", true)]
    [InlineData("100.01", false)]
    public void MaxPositionSizePct_range(string value, bool allowed)
    {
        ConfigurationFindings findings = ConfigurationCheck.Check(
            new PortfolioConfig { MaxPositionSizePct = Number(value) }, [Pair], [Product]);
        Assert.Equal(allowed, findings.Faults.Count == 0);
        Assert.True(findings.Faults.Count <= 1);
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("100", true)]
    [InlineData("100.01", false)]
    public void Portfolio_percentages(string value, bool allowed)
    {
        AssertPortfolio(allowed, "maxCorrelatedExposurePct", new() { MaxCorrelatedExposurePct = Number(value) });
        AssertPortfolio(allowed, "maxTopNConcentrationPct", new() { MaxTopNConcentrationPct = Number(value) });
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("0.01", true)]
    [InlineData("150", true)]
    public void RebalanceThresholdPct_and_MaxOrderNotional_are_above_zero(string value, bool allowed)
    {
        AssertPortfolio(allowed, "rebalanceThresholdPct", new() { RebalanceThresholdPct = Number(value) });
        AssertPortfolio(allowed, "maxOrderNotional", new PortfolioConfig { MaxOrderNotional = Number(value) });
    }

    [Fact]
    public void The_order_limit_is_required_for_real_money_only()
    {
        Assert.Empty(ConfigurationCheck.Check(new PortfolioConfig(), [Pair], [Product]).Faults);
        ConfigurationFault fault = Assert.Single(
            ConfigurationCheck.Check(new PortfolioConfig(), [Pair], [Product], live: true).Faults);
        Assert.Equal(
            "portfolio.maxOrderNotional is nothing; allowed: above 0 (USD); required for real money", fault.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("US-D")]
    [InlineData("U S")]
    public void A_quote_currency_is_letters_and_digits(string currency)
    {
        PortfolioConfig portfolio = new() { QuoteCurrency = currency };
        ConfigurationFindings findings = ConfigurationCheck.Check(portfolio, [Pair], []);
        Assert.Contains(findings.Faults, fault => fault == new ConfigurationFault(
            "portfolio.quoteCurrency", $"\"{currency}\"", "letters and digits, such as USD"));
    }

    [Fact]
    public void A_percentage_where_a_fraction_belongs_is_answered_with_what_was_meant()
    {
        ConfigurationFault fault = Assert.Single(Check(Pair with { TrailPct = 2m }));
        Assert.Equal(
            "pairs.BTC-USD.trailPct is 2; allowed: 0.002 to 0.5, a fraction: 0.02 means 2 %; did you mean 0.02?",
            fault.ToString());
        Assert.Matches("did you mean 0[.]005[?]$", Assert.Single(Check(Pair with { MinRatchet = 0.5m })).Allowed);
        Assert.Matches("0[.]02 means 2 %$", Assert.Single(Check(Pair with { TrailPct = 51m })).Allowed);
    }

    [Fact]
    public void A_loss_without_its_sign_is_answered_with_what_was_meant()
    {
        PortfolioConfig portfolio = new() { EmergencyLiquidationLossPct = 10m };
        ConfigurationFault fault = Assert.Single(ConfigurationCheck.Check(portfolio, [Pair], []).Faults);
        Assert.Equal(
            "portfolio.emergencyLiquidationLossPct is 10; allowed: above -100, below 0; -10 means a loss of 10 %; "
            + "did you mean -10?",
            fault.ToString());
    }

    [Fact]
    public void All_pairs_with_another_quote_are_named_at_once()
    {
        PairConfig[] pairs = [Pair, Pair with { ProductId = "ETH-EUR" }, Pair with { ProductId = "SOL-USDC" }];
        ConfigurationFault fault = Assert.Single(ConfigurationCheck.Check(new PortfolioConfig(), pairs, []).Faults);
        Assert.Equal("portfolio.quoteCurrency", fault.Path);
        Assert.Equal("USD", fault.Value);
        Assert.Contains("ETH-EUR, SOL-USDC", fault.Allowed, StringComparison.Ordinal);
        Assert.DoesNotContain("BTC-USD", fault.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_stands_once_and_has_a_name()
    {
        PairConfig[] pairs = [Pair, Pair with { TrailPct = 9m }, Pair with { ProductId = "BTCUSD" }];
        ConfigurationFindings findings = ConfigurationCheck.Check(new PortfolioConfig(), pairs, [Product, Product]);
        Assert.Equal(
            ["pairs[1].productId", "pairs[2].productId", "pairs[1].trailPct", "products[1].productId"],
            findings.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void A_portfolio_has_pairs() =>
        Assert.Equal("pairs", Assert.Single(ConfigurationCheck.Check(new PortfolioConfig(), [], []).Faults).Path);

    [Fact]
    public void Every_fault_is_reported_at_once_and_named_in_one_exception()
    {
        PortfolioConfig portfolio = new() { TotalCapital = -5m, MaxPositions = 0, DailyLossPct = 5m };
        PairConfig eth = Pair with { ProductId = "ETH-USD", MinRatchet = 1m };
        PairConfig[] pairs = [Pair with { TrailPct = 2m, MaxEntriesPerHour = 0 }, eth];
        ConfigurationFindings findings = ConfigurationCheck.Check(portfolio, pairs, []);
        Assert.Equal(
            [
                "portfolio.totalCapital", "portfolio.maxPositions", "portfolio.dailyLossPct", "pairs.BTC-USD.trailPct",
                "pairs.BTC-USD.maxEntriesPerHour", "pairs.ETH-USD.minRatchet",
            ],
            findings.Faults.Select(fault => fault.Path));

        ConfigurationException thrown = new(findings.Faults);
        Assert.Equal(findings.Faults, thrown.Faults);
        Assert.Equal(6, thrown.Message.Split('\n').Length);
    }

    [Fact]
    public void Numbers_no_decimal_can_hold_exactly_are_faults_and_not_crashes()
    {
        PortfolioConfig portfolio = new()
        {
            TotalCapital = decimal.MaxValue,
            MaxPositionSizePct = decimal.MaxValue,
            RebalanceThresholdPct = 0.00000000000000001m,
            DailyLossPct = decimal.MinValue,
        };
        PairConfig pair = Pair with { PositionSizePct = decimal.MaxValue, TrailPct = decimal.MinValue };
        ConfigurationFindings findings = ConfigurationCheck.Check(portfolio, [pair], [Product]);
        Assert.Equal(6, findings.Faults.Count);
    }

    private static void AssertPair(bool allowed, string field, PairConfig pair)
    {
        string[] expected = allowed ? [] : [$"pairs.BTC-USD.{field}"];
        Assert.Equal(expected, Check(pair).Select(fault => fault.Path));
    }

    private static void AssertPortfolio(bool allowed, string field, PortfolioConfig portfolio)
    {
        string[] expected = allowed ? [] : [$"portfolio.{field}"];
        ConfigurationFindings findings = ConfigurationCheck.Check(portfolio, [Pair], [Product]);
        Assert.Equal(expected, findings.Faults.Select(fault => fault.Path));
    }

    private static IReadOnlyList<ConfigurationFault> Check(PairConfig pair) =>
        ConfigurationCheck.Check(new PortfolioConfig(), [pair], [Product]).Faults;

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
