using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>Products, limits and a venue, all drawn from one seed.</summary>
internal sealed class World
{
    private static readonly decimal[] s_priceIncrements =
        [0.00000001m, 0.0000025m, 0.0001m, 0.003m, 0.01m, 0.05m, 1m, 25m, 100m, 0.0000000001m, 0.00000000025m];

    private World(
        PairSetup[] pairs, long[] startPrices, PortfolioConfig portfolio, PipelineOptions options, PaperConfig paper)
    {
        Pairs = pairs;
        StartPrices = startPrices;
        Portfolio = portfolio;
        Options = options;
        Paper = paper;
    }

    public PairSetup[] Pairs { get; }

    public long[] StartPrices { get; }

    public PortfolioConfig Portfolio { get; }

    public PipelineOptions Options { get; init; }

    public PaperConfig Paper { get; }

    /// <summary>
    /// What comes back is fed in late and in parts, as in a live engine; else each market event is closed before the
    /// next.
    /// </summary>
    public bool IsLoose { get; private init; }

    public static World Draw(int seed)
    {
        Random random = new(seed);
        PortfolioConfig portfolio = DrawPortfolio(random);
        int count = random.Next(2, 7);
        List<(ProductSpec, PairConfig)> pairs = [];
        Dictionary<string, decimal> prices = [];
        for (int i = 0; i < count; i++)
        {
            (ProductSpec product, decimal price) = DrawProduct(random, $"P{i}-USD", portfolio);
            prices.Add(product.ProductId, price);
            pairs.Add((product, DrawPair(random, product.ProductId, portfolio)));
        }

        PairSetup[] arranged = PairSetup.Arrange(pairs);
        long[] starts = [.. arranged.Select(pair => decimal.ToInt64(prices[pair.ProductId] * pair.Product.PriceScale))];
        PipelineOptions options = new()
        {
            OrderCapacity = 2048,
            TakerFee = Pick(random, 0m, 0.0025m, 0.012m),
            DefaultMaxPriceAgeSeconds = Pick(random, 30, 600),
            CandleSeconds = (seed % 4) switch { 0 => 0, 1 => 1, 2 => 5, _ => 60 },
        };
        PaperConfig paper = new()
        {
            MakerFee = Pick(random, 0m, 0.001m, 0.006m),
            TakerFee = options.TakerFee,
            SlippageBps = Pick(random, 0m, 5m, 12.5m),
            LatencyMs = Pick(random, 0, 0, 20, 700),
            PartialFills = random.Next(2) == 0,
            RejectionRate = Pick(random, 0m, 0.02m, 0.1m, 0.5m),
            Seed = seed,
        };
        return new World(arranged, starts, portfolio, options, paper) { IsLoose = seed % 2 == 0 };
    }

    public static T Pick<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

    private static PortfolioConfig DrawPortfolio(Random random) => new()
    {
        TotalCapital = Pick(random, 1_000m, 100_000m, 2_500_000.55m),
        MaxPositionSizePct = Pick(random, 5m, 12.5m, 40m),
        MaxPositions = random.Next(1, 7),
        MaxCorrelatedExposurePct = Pick(random, 15m, 40m, 100m),
        MaxTopNConcentrationPct = Pick<decimal?>(random, null, 8m, 25m),
        TopNConcentration = random.Next(1, 4),
        EmergencyLiquidationLossPct = Pick(random, -0.5m, -2m, -10m),
        DailyLossPct = Pick(random, -0.3m, -1.5m, -5m),
        MaxConcurrentEntries = random.Next(1, 5),
        MaxOrderNotional = Pick<decimal?>(random, null, null, 4_000m),
        MaxOrdersPerSecond = Pick(random, 2, 30, 1000),
    };

    private static PairConfig DrawPair(Random random, string productId, PortfolioConfig portfolio) => new()
    {
        ProductId = productId,
        Enabled = random.Next(12) != 0,
        PositionSizePct = Math.Min(portfolio.MaxPositionSizePct, Pick(random, 1m, 2m, 4.5m)),
        TrailPct = Pick(random, 0.002m, 0.01m, 0.02m, 0.0375m, 0.123456m),
        StopLimitBufferPct = Pick(random, 0m, 0.001m, 0.02m),
        MinRatchet = Pick(random, 0m, 0.0005m, 0.005m, 0.02m),
        CorrelationGroup = Pick<string?>(random, null, "A", "B"),
        EntryCollarPct = Pick(random, 0.5m, 2m, 10m),
        TickCollarPct = Pick(random, 4m, 20m, 33.3m),
        MaxPriceAgeSeconds = Pick<int?>(random, null, 5),
        MaxEntriesPerHour = Pick(random, 3, 8, 60, 1000),
        StopFillTimeoutSeconds = Pick(random, 1, 5),
        NakedBudgetSeconds = 1,
        NakedExitSeconds = Pick(random, 2, 15),
    };

    private static (ProductSpec Product, decimal Price) DrawProduct(
        Random random, string productId, PortfolioConfig portfolio)
    {
        decimal increment = Pick<decimal>(random, s_priceIncrements);
        decimal price = Math.Min(increment * Pick(random, 3m, 400m, 12_345m, 2_000_000m), 900_000m);
        price = Math.Max(price, portfolio.TotalCapital / 1_000_000_000m);
        price -= price % increment;
        ProductSpec unit = new(productId, increment, 1m);
        decimal finest = 1m / unit.QuantityScale;
        decimal wanted = portfolio.TotalCapital * 0.02m / price / Pick(random, 4m, 300m, 50_000m);
        decimal quantityIncrement = 100_000m;
        while (quantityIncrement > wanted && quantityIncrement > finest)
        {
            quantityIncrement /= 10m;
        }

        quantityIncrement = Math.Max(finest, quantityIncrement);
        decimal minNotional = portfolio.TotalCapital * Pick(random, 0m, 0.0001m, 0.004m);
        decimal minQuantity = quantityIncrement * Pick(random, 0m, 1m, 7m);
        return (new ProductSpec(productId, increment, quantityIncrement, minQuantity, minNotional), price);
    }
}
