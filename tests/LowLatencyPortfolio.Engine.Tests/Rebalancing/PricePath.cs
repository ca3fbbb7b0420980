using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Rebalancing;

/// <summary>
/// One pair, bought at the first price, that is brought to 4 % of the portfolio once a minute; prices by hand, one
/// every ten seconds. Its minimum sizes and the cost of its trades are small beside every drift.
/// </summary>
internal sealed class PricePath : IDisposable
{
    public const int StepsAMinute = 6;

    private const string Product = "BTC-USD";
    private static readonly DateTime s_begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("path-").FullName;

    public string Database => Path.Combine(_folder, "run.db");

    public PairConfig Pair { get; set; } = new()
    {
        ProductId = Product, TrailPct = 0.5m, StopLimitBufferPct = 0.02m, PositionSizePct = 4m,
        MaxEntriesPerHour = 1_000,
    };

    public PortfolioConfig Portfolio { get; init; } =
        new() { TotalCapital = 10_000m, MaxPositionSizePct = 5m, MaxCorrelatedExposurePct = 100m };

    public RebalanceOptions Rebalance { get; set; } = new()
    {
        Orders = true,
        IntervalMinutes = 1,
        CooldownIntervals = 0,
        Strategy = new RebalanceStrategy
        {
            Method = RebalanceMethod.EqualWeight, RiskAversion = 1_000m, HorizonDays = 3_650,
        },
    };

    /// <summary>How far below the price increases bid, and how many candles they may wait.</summary>
    public PricePath With(decimal bidBelowBps, int waitCandles)
    {
        Rebalance = Rebalance with { EntryOffsetBps = bidBelowBps };
        Pair = Pair with { MaxEntryWaitCandles = waitCandles };
        return this;
    }

    /// <summary>So many minutes between 100 and 100.5.</summary>
    public static IEnumerable<decimal> Swing(int minutes) =>
        Enumerable.Range(0, minutes * StepsAMinute).Select(step => step / StepsAMinute % 2 == 0 ? 100m : 100.5m);

    /// <summary>From a price to another by half a percent a step.</summary>
    public static IEnumerable<decimal> Go(decimal from, decimal to)
    {
        decimal factor = to > from ? 1.005m : 1m / 1.005m;
        for (decimal price = from; to > from ? price < to : price > to; price *= factor)
        {
            yield return decimal.Round(price, 2);
        }

        yield return to;
    }

    /// <summary>So many minutes at one price.</summary>
    public static IEnumerable<decimal> Stay(decimal price, int minutes) =>
        Enumerable.Repeat(price, minutes * StepsAMinute);

    /// <summary>A replay of these prices in which so much is bought at the first.</summary>
    public ReplayRequest Request(IEnumerable<decimal> prices, decimal bought)
    {
        string file = Path.Combine(_folder, Product + ".csv");
        StringBuilder csv = new("time,price,size\n");
        DateTime time = s_begin.AddSeconds(5);
        foreach (decimal price in prices)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.fffZ},{price},1000\n");
            time = time.AddSeconds(60 / StepsAMinute);
        }

        File.WriteAllText(file, csv.ToString());
        ReplayCatalog catalog = ReplayCatalog.Scan([file]);
        ProductSpec product = new(Product, 0.01m, 0.0001m, 0.0001m, 1m);
        Assert.True(product.TryQuantityUnits(bought, out long quantity));
        return new ReplayRequest
        {
            Catalog = catalog,
            Pairs = PairSetup.Arrange([(product, Pair)]),
            Portfolio = Portfolio,
            Paper = new PaperConfig(),
            Entries = [new ScriptedCommand(catalog.FirstTimeNs, 0, OrderType.Market, 0, quantity)],
            DatabasePath = Database,
            RequireCores = false,
            Rebalance = Rebalance,
        };
    }

    /// <summary>Plays them, and reads the orders.</summary>
    public IReadOnlyList<OrderRow> Play(IEnumerable<decimal> prices, decimal bought)
    {
        _ = ReplayRunner.Run(Request(prices, bought), CancellationToken.None);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        return [.. database.Orders()];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
