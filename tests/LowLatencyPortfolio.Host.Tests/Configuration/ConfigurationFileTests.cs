using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private const string File = "c.json";

    [Fact]
    public void An_empty_object_is_all_defaults()
    {
        RunConfiguration read = Read("{}");
        Assert.Equal(new PortfolioConfig(), read.Portfolio);
        Assert.Equal(new PaperConfig(), read.Paper);
        Assert.Equal(new PairConfig { ProductId = string.Empty }, read.PairDefaults);
        Assert.Empty(read.Pairs);
        Assert.Empty(read.Products);
    }

    [Fact]
    public void Every_key_arrives_where_its_name_says()
    {
        RunConfiguration read = Read("""
            {
              "portfolio": {
                "totalCapital": 1, "quoteCurrency": "EUR", "maxPositionSizePct": 2, "maxPositions": 3,
                "maxCorrelatedExposurePct": 4, "maxTopNConcentrationPct": 5, "topNConcentration": 6,
                "rebalanceThresholdPct": 7, "emergencyLiquidationLossPct": -8, "dailyLossPct": -9,
                "maxConcurrentEntries": 10, "maxOrderNotional": 11, "maxOrdersPerSecond": 12
              },
              "pairs": [{
                "productId": "BTC-EUR", "enabled": false, "positionSizePct": 1.5, "trailPct": "0.05",
                "stopLimitBufferPct": 0.01, "minRatchet": 0.001, "entryConfirmationLevel": 3, "maxEntryWaitCandles": 4,
                "correlationGroup": "majors", "entryCollarPct": 5, "tickCollarPct": 6, "maxPriceAgeSeconds": 7,
                "maxEntriesPerHour": 8, "stopFillTimeoutSeconds": 9, "nakedBudgetSeconds": 10, "nakedExitSeconds": 11
              }],
              "products": [{
                "productId": "BTC-EUR", "priceIncrement": 0.01, "quantityIncrement": "0.00000001",
                "minQuantity": 0.0001, "minNotional": 5
              }],
              "paper": {
                "makerFee": 0.001, "takerFee": "0.002", "slippageBps": 3, "latencyMs": 4, "partialFills": true,
                "rejectionRate": 0.05, "seed": -6
              }
            }
            """);
        PortfolioConfig portfolio = new()
        {
            TotalCapital = 1m, QuoteCurrency = "EUR", MaxPositionSizePct = 2m, MaxPositions = 3,
            MaxCorrelatedExposurePct = 4m, MaxTopNConcentrationPct = 5m, TopNConcentration = 6,
            RebalanceThresholdPct = 7m, EmergencyLiquidationLossPct = -8m, DailyLossPct = -9m,
            MaxConcurrentEntries = 10, MaxOrderNotional = 11m, MaxOrdersPerSecond = 12,
        };
        PairConfig pair = new()
        {
            ProductId = "BTC-EUR", Enabled = false, PositionSizePct = 1.5m, TrailPct = 0.05m,
            StopLimitBufferPct = 0.01m, MinRatchet = 0.001m, EntryConfirmationLevel = 3, MaxEntryWaitCandles = 4,
            CorrelationGroup = "majors", EntryCollarPct = 5m, TickCollarPct = 6m, MaxPriceAgeSeconds = 7,
            MaxEntriesPerHour = 8, StopFillTimeoutSeconds = 9, NakedBudgetSeconds = 10, NakedExitSeconds = 11,
        };
        PaperConfig paper = new()
        {
            MakerFee = 0.001m, TakerFee = 0.002m, SlippageBps = 3m, LatencyMs = 4, PartialFills = true,
            RejectionRate = 0.05m, Seed = -6,
        };
        Assert.Equal(portfolio, read.Portfolio);
        Assert.Equal(pair, Assert.Single(read.Pairs));
        Assert.Equal(paper, read.Paper);
        ProductSpec product = Assert.Single(read.Products);
        Assert.Equal(
            ("BTC-EUR", 0.01m, 0.00000001m, 0.0001m, 5m),
            (product.ProductId, product.PriceIncrement, product.QuantityIncrement,
                product.MinQuantity, product.MinNotional));
    }

    [Fact]
    public void Pairs_take_what_they_do_not_say_from_the_pair_defaults()
    {
        RunConfiguration read = Read("""
            {
              "pairs": [{ "productId": "A-USD" }, { "productId": "B-USD", "trailPct": 0.1, "correlationGroup": null }],
              "pairDefaults": { "trailPct": 0.05, "correlationGroup": "all" }
            }
            """);
        Assert.Equal((0.05m, "all"), (read.Pairs[0].TrailPct, read.Pairs[0].CorrelationGroup));
        Assert.Equal((0.1m, null), (read.Pairs[1].TrailPct, read.Pairs[1].CorrelationGroup));
    }

    [Fact]
    public void Null_switches_an_optional_limit_off()
    {
        RunConfiguration read = Read(
            """{ "portfolio": { "maxOrderNotional": null, "maxTopNConcentrationPct": null } }""");
        Assert.Null(read.Portfolio.MaxOrderNotional);
        Assert.Null(read.Portfolio.MaxTopNConcentrationPct);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("\"0.1\"")]
    [InlineData("0.1000000000000000")]
    public void A_decimal_is_the_same_as_number_and_as_string(string written) =>
        Assert.Equal(
            "0.1",
            Read($"{{\"pairDefaults\":{{\"trailPct\":{written}}}}}").PairDefaults.TrailPct.ToString("G29", null));

    [Theory]
    [InlineData(
        """{"portfolio":{"maxPositionsSizePct":1}}""",
        "portfolio.maxPositionsSizePct: unknown key; did you mean \"maxPositionSizePct\"?")]
    [InlineData(
        """{"pairs":[{"productId":"A-B","trailPc":1}]}""", "pairs[0].trailPc: unknown key; did you mean \"trailPct\"?")]
    [InlineData(
        """{"pairDefaults":{"productId":"A-B"}}""", "pairDefaults.productId: unknown key; known here: enabled,*")]
    [InlineData("""{"papr":{}}""", "papr: unknown key; did you mean \"paper\"?")]
    [InlineData(
        """{"strategy":{}}""",
        "strategy: unknown key; known here: pairDefaults, portfolio, pairs, products, paper, rebalance, signals, "
        + "correlation")]
    [InlineData(
        """{"portfolio":{"maxPositions":"10"}}""", "portfolio.maxPositions is \"10\"; allowed: a whole number *")]
    [InlineData("""{"portfolio":{"maxPositions":10.0}}""", "portfolio.maxPositions is 10.0; allowed: a whole number *")]
    [InlineData(
        """{"portfolio":{"maxPositions":3000000000}}""",
        "portfolio.maxPositions is 3000000000; allowed: a whole number *")]
    [InlineData("""{"portfolio":{"maxPositions":null}}""", "portfolio.maxPositions is null; allowed: a whole number *")]
    [InlineData(
        """{"portfolio":{"totalCapital":1e5}}""", "portfolio.totalCapital is 1e5; allowed: a number without exponent*")]
    [InlineData(
        """{"portfolio":{"totalCapital":"1E5"}}""",
        "portfolio.totalCapital is \"1E5\"; allowed: a number without exponent*")]
    [InlineData(
        """{"portfolio":{"totalCapital":true}}""",
        "portfolio.totalCapital is true; allowed: a decimal number, such as 0.05")]
    [InlineData(
        """{"portfolio":{"totalCapital":{}}}""",
        "portfolio.totalCapital is {…}; allowed: a decimal number, such as 0.05")]
    [InlineData(
        """{"portfolio":{"totalCapital":null}}""",
        "portfolio.totalCapital is null; allowed: a decimal number, such as 0.05")]
    [InlineData(
        """{"portfolio":{"totalCapital":1000000000000}}""",
        "portfolio.totalCapital is 1000000000000; allowed: a number below *")]
    [InlineData(
        """{"portfolio":{"quoteCurrency":5}}""", "portfolio.quoteCurrency is 5; allowed: a text, such as \"USD\"")]
    [InlineData(
        """{"portfolio":{"quoteCurrency":""}}""", "portfolio.quoteCurrency is \"\"; allowed: a text, such as \"USD\"")]
    [InlineData(
        """{"portfolio":{"quoteCurrency":"\ud800"}}""",
        "portfolio.quoteCurrency is \"\\ud800\"; allowed: a text, such as \"USD\"")]
    [InlineData("""{"portfolio":[]}""", "portfolio is […]; allowed: an object { … }")]
    [InlineData("""{"pairs":{}}""", "pairs is {…}; allowed: an array [ … ] of objects")]
    [InlineData(
        """{"pairs":[{"trailPct":0.05}]}""", "pairs[0].productId: missing; needed: a text, such as \"BTC-USD\"")]
    [InlineData(
        """{"pairs":[{"productId":"A-B"},{"productId":"A-B"}]}""", "pairs[1]: A-B stands twice, first at pairs[0]")]
    [InlineData("""{"pairs":[{"productId":"A-B","enabled":1}]}""", "pairs[0].enabled is 1; allowed: true or false")]
    [InlineData(
        """{"pairs":[{"productId":"A-B","enabled":"true"}]}""", "pairs[0].enabled is \"true\"; allowed: true or false")]
    [InlineData(
        """{"products":[{"productId":"A-B","priceIncrement":0.01}]}""",
        "products[0].quantityIncrement: missing; needed: a decimal *")]
    [InlineData(
        """{"products":[{"productId":"AB","priceIncrement":1,"quantityIncrement":1}]}""",
        "products[0]: productId \"AB\" must be BASE-QUOTE*")]
    [InlineData(
        """{"products":[{"productId":"A-B","priceIncrement":0,"quantityIncrement":1}]}""",
        "products[0]: priceIncrement 0 must be above 0*")]
    [InlineData(
        """{"products":[{"productId":"A-B","priceIncrement":900000000000,"quantityIncrement":1}]}""",
        "products[0]: priceIncrement 900000000000 must be *")]
    [InlineData("""{"paper":{"slipageBps":5}}""", "paper.slipageBps: unknown key; did you mean \"slippageBps\"?")]
    [InlineData("""{"paper":{},"paper":{}}""", "paper: the key stands twice")]
    [InlineData("""{"paper":{"seed":1,"\u0073eed":2}}""", "paper.seed: the key stands twice")]
    [InlineData("""[]""", "the file is […]; allowed: an object { … }")]
    public void A_fault_is_one_line_with_place_value_and_what_is_allowed(string json, string expected)
    {
        FaultLines faults = new();
        ConfigurationFile.Parse(File, json, faults);
        string line = Assert.Single(faults.Lines);
        if (expected.EndsWith('*'))
        {
            Assert.StartsWith($"{File}: {expected[..^1]}", line, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal($"{File}: {expected}", line);
        }
    }

    [Theory]
    [InlineData("{\n  // hello\n}", "2:3: comments are not allowed in JSON")]
    [InlineData("{\n  \"paper\": {}, /* x */\n}", "2:16: comments are not allowed in JSON")]
    [InlineData("{ \"paper\": {},\n}", "2:1: a comma before } is not allowed in JSON")]
    [InlineData("{ \"pairs\": [\n  {},\n  ] }", "3:3: a comma before ] is not allowed in JSON")]
    [InlineData("", "1:1: the file is empty; allowed: a JSON object")]
    [InlineData(" \n ", "2:2: the file is empty; allowed: a JSON object")]
    [InlineData("{ \"größe\": x }", "1:12: not JSON: *")]
    [InlineData("{ \"paper\": { ", "1:14: not JSON: *")]
    [InlineData("{} {}", "1:4: not JSON: *")]
    [InlineData("{ \"paper\": { \"seed\": 01 } }", "1:*")]
    [InlineData("{ \"paper\": { \"seed\": NaN } }", "1:22: not JSON: *")]
    public void A_fault_of_the_grammar_is_one_line_with_line_and_column(string json, string expected)
    {
        FaultLines faults = new();
        Assert.Null(ConfigurationFile.Parse(File, json, faults));
        string line = Assert.Single(faults.Lines);
        Assert.StartsWith($"{File}:{expected.TrimEnd('*')}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", line, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        FaultLines faults = new();
        ConfigurationFile.Parse(
            File,
            """
            {
              "portfolio": { "totalCapital": "lots", "maxPositions": 1.5, "maxPosition": 3 },
              "pairs": [{ "trailPct": [] }, { "productId": "A-USD", "trailPc": 0.05 }],
              "papr": {}
            }
            """,
            faults);
        Assert.Equal(
            [
                "c.json: portfolio.totalCapital is \"lots\"; allowed: a decimal number, such as 0.05",
                "c.json: portfolio.maxPositions is 1.5; "
                + "allowed: a whole number without quotes, point or exponent, such as 10",
                "c.json: portfolio.maxPosition: unknown key; did you mean \"maxPositions\"?",
                "c.json: pairs[0].productId: missing; needed: a text, such as \"BTC-USD\"",
                "c.json: pairs[0].trailPct is […]; allowed: a decimal number, such as 0.05",
                "c.json: pairs[1].trailPc: unknown key; did you mean \"trailPct\"?",
                "c.json: papr: unknown key; did you mean \"paper\"?",
            ],
            faults.Lines);
    }

    [Fact]
    public void A_long_value_is_cut_and_stays_on_one_line()
    {
        FaultLines faults = new();
        ConfigurationFile.Parse(File, $$"""{ "portfolio": { "totalCapital": "{{new string('x', 5000)}}" } }""", faults);
        Assert.True(Assert.Single(faults.Lines).Length < 150);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_line()
    {
        FaultLines faults = new();
        Assert.Null(ConfigurationFile.Load("no-such-folder/none.json", faults));
        Assert.Equal("no-such-folder/none.json: file not found", Assert.Single(faults.Lines));
    }

    [Fact]
    public void A_folder_or_a_file_that_is_not_text_is_one_line()
    {
        string folder = Directory.CreateTempSubdirectory("llp-host-tests-").FullName;
        string file = Path.Combine(folder, "binary.json");
        System.IO.File.WriteAllBytes(file, [0x7b, 0xff, 0xfe, 0x7d]);
        FaultLines faults = new();
        Assert.Null(ConfigurationFile.Load(folder, faults));
        Assert.Null(ConfigurationFile.Load(file, faults));
        Assert.Equal([$"{folder}: is a folder; a file is needed", $"{file}: is not UTF-8 text"], faults.Lines);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        string file = Path.GetTempFileName();
        System.IO.File.WriteAllBytes(file, [0xef, 0xbb, 0xbf, (byte)'{', (byte)'}']);
        FaultLines faults = new();
        Assert.NotNull(ConfigurationFile.Load(file, faults));
        Assert.True(faults.AreEmpty);
        System.IO.File.Delete(file);
    }

    [Theory]
    [InlineData(typeof(PortfolioConfig), "portfolio")]
    [InlineData(typeof(PairConfig), "pairs")]
    [InlineData(typeof(PaperConfig), "paper")]
    public void Every_member_of_a_configuration_has_its_key(Type type, string section)
    {
        // Each member's key is given an object, which is the wrong type for all of them: a known key says so, an
        // unknown one is unknown.
        string[] keys =
            [.. type.GetProperties().Select(property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..])];
        string body = $"{{{string.Join(",", keys.Select(key => $"\"{key}\":{{}}"))}}}";
        FaultLines faults = new();
        ConfigurationFile.Parse(File, $"{{\"{section}\":{(section == "pairs" ? $"[{body}]" : body)}}}", faults);
        Assert.Equal(keys.Length, faults.Lines.Count);
        Assert.All(faults.Lines, line => Assert.Contains("{…}; allowed:", line, StringComparison.Ordinal));
    }

    private static RunConfiguration Read(string json)
    {
        FaultLines faults = new();
        RunConfiguration? read = ConfigurationFile.Parse(File, json, faults);
        Assert.Empty(faults.Lines);
        return read!;
    }
}
