using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>One pair, prices by hand, one tick a second; inputs follow each other on one database.</summary>
internal sealed class ReplayMarket : IDisposable
{
    private const string Product = "BTC-USD";
    private readonly string _folder = Directory.CreateTempSubdirectory("market-").FullName;

    public string Database => Path.Combine(_folder, "run.db");

    public PortfolioConfig Portfolio { get; init; } = new() { TotalCapital = 100_000m };

    /// <summary>A request for these prices on the n-th day.</summary>
    /// <param name="day">Day of January 2024.</param>
    /// <param name="prices">Quote, one a second.</param>
    /// <param name="enter">Whether a market order buys the configured size at the first tick.</param>
    public ReplayRequest Request(
        int day, decimal[] prices, bool enter, string product = Product, decimal priceIncrement = 0.01m)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, $"day-{day}")).FullName;
        string file = Path.Combine(folder, product + ".csv");
        DateTime time = new(2024, 1, day, 12, 0, 0, DateTimeKind.Utc);
        StringBuilder csv = new("time,price,size\n");
        foreach (decimal price in prices)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.fffZ},{price},1000\n");
            time = time.AddSeconds(1);
        }

        File.WriteAllText(file, csv.ToString());
        ReplayCatalog catalog = ReplayCatalog.Scan([file]);
        return new ReplayRequest
        {
            Catalog = catalog,
            Pairs = Pairs(product, priceIncrement),
            Portfolio = Portfolio,
            Paper = new PaperConfig(),
            Entries = enter ? [new ScriptedCommand(catalog.FirstTimeNs, 0, OrderType.Market, 0, 0)] : [],
            DatabasePath = Database,
            RequireCores = false,
            CheckpointInterval = 3,
        };
    }

    /// <summary>A request for one pair of one-minute bars and one of trades.</summary>
    public ReplayRequest WithBars(string barProduct, string bars, string tradeProduct, string trades)
    {
        string barFile = Path.Combine(_folder, barProduct + ".1m.csv");
        string tradeFile = Path.Combine(_folder, tradeProduct + ".csv");
        File.WriteAllText(barFile, "time,open,high,low,close,volume\n" + bars);
        File.WriteAllText(tradeFile, "time,price,size\n" + trades);
        (ProductSpec, PairConfig)[] pairs =
        [
            .. new[] { barProduct, tradeProduct }.Select(product =>
                (new ProductSpec(product, 0.01m, 0.0001m, 0.0001m, 1m), new PairConfig { ProductId = product })),
        ];
        return new ReplayRequest
        {
            Catalog = ReplayCatalog.Scan([barFile, tradeFile]),
            Pairs = PairSetup.Arrange(pairs),
            Portfolio = Portfolio,
            Paper = new PaperConfig(),
            DatabasePath = Database,
        };
    }

    public static PairSetup[] Pairs(string product, decimal priceIncrement, decimal trail = 0.02m) => PairSetup.Arrange(
    [(
        new ProductSpec(product, priceIncrement, 0.0001m, 0.0001m, 1m),
        new PairConfig { ProductId = product, TrailPct = trail, PositionSizePct = 4m, MinRatchet = 0.005m })]);

    public static ReplayResult Run(ReplayRequest request) => ReplayRunner.Run(request, CancellationToken.None);

    public PortfolioRow PortfolioRow()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        return database.Portfolio();
    }

    public IReadOnlyList<HistoryRow> History()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        return [.. database.History()];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
