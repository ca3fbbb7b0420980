using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>
/// A folder with a made market: four products on a random walk, entries all along, small stops. The same seed makes the
/// same files.
/// </summary>
internal sealed class MadeMarket : IDisposable
{
    private static readonly DateTime Begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly (string Product, decimal Price, int Decimals)[] Products =
        [("BTC-USD", 42_000m, 2), ("DOGE-USD", 0.09m, 5), ("ETH-USD", 2_300m, 2), ("SOL-USD", 100m, 3)];

    public MadeMarket(int seed, int ticks = 400)
    {
        Folder = Directory.CreateTempSubdirectory("llp-dashboard-tests-").FullName;
        _ = Directory.CreateDirectory(Path.Combine(Folder, "ticks"));
        Random random = new(seed);
        foreach ((string product, decimal price, int decimals) in Products)
        {
            File.WriteAllText(
                Path.Combine(Folder, "ticks", product + ".csv"), Walk(random, price, decimals, ticks));
        }

        File.WriteAllText(InFolder("entries.csv"), Entries(random, ticks));
        File.WriteAllText(InFolder("config.json"), Configuration(random));
    }

    public string Folder { get; }

    public string Database => InFolder("portfolio.db");

    public string InFolder(string name) => Path.Combine(Folder, name);

    /// <summary>What <c>llp run</c> is given for this market, its scripted entries among it.</summary>
    public string[] ScriptedArguments => [.. RunArguments, "--entries", InFolder("entries.csv")];

    private string[] RunArguments =>
    [
        "run", "--ticks", InFolder("ticks"), "--config", InFolder("config.json"),
        "--db", Database, "--json", InFolder("result.json"),
    ];

    /// <summary>
    /// Plays it through the engine with signals at candles of 15 s and correlations so quick that chance makes
    /// groups.
    /// </summary>
    public MadeMarket RunWithSignals()
    {
        string config = File.ReadAllText(InFolder("config.json")).Replace(
            "\"entryCollarPct\": 5", "\"entryCollarPct\": 5, \"entryConfirmationLevel\": 1", StringComparison.Ordinal);
        File.WriteAllText(InFolder("config.json"), config[..config.LastIndexOf('}')] + """
            , "signals": { "candleSeconds": 15 },
              "correlation": { "halfLifeCloses": 10, "warmUpCloses": 5, "joinCorrelation": 0.2, "leaveCorrelation": 0.1,
                               "confirmCloses": 1 } }
            """);
        return Run("--signals");
    }

    /// <summary>Plays it through the engine, which rebalances by orders.</summary>
    /// <param name="settings">More of the section, such as <c>"method": "equalWeight"</c>.</param>
    /// <param name="withSignals">Whether signals trade it and store correlations, or the scripted entries.</param>
    public MadeMarket RunWithRebalances(string settings = "", bool withSignals = false)
    {
        string config = File.ReadAllText(InFolder("config.json"));
        File.WriteAllText(InFolder("config.json"), config[..config.LastIndexOf('}')] + $$"""
            , "rebalance": { "orders": true, "intervalMinutes": 1, "cooldownIntervals": 2{{settings}} } }
            """);
        return withSignals ? RunWithSignals() : Run();
    }

    /// <summary>Changes the database as nobody does while it is used.</summary>
    /// <param name="sql">One statement or more.</param>
    /// <returns>Rows changed.</returns>
    public int Change(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Plays it through the engine, as <c>llp run</c> does.</summary>
    public MadeMarket Run() => Run("--entries", InFolder("entries.csv"));

    private MadeMarket Run(params string[] entries)
    {
        StringWriter output = new();
        StringWriter error = new();
        RunCommand run = new(output, error, isTerminal: false, ReplayRunner.Run);
        int exitCode = new LlpCommandLine(run.Execute, _ => -1, _ => -1).Invoke(
            [.. RunArguments, .. entries], output, error);
        Assert.True(exitCode == 0, error.ToString());
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Walk(Random random, decimal price, int decimals, int ticks)
    {
        StringBuilder rows = new("time,price,size\n");
        for (int i = 0; i < ticks; i++)
        {
            decimal step = (random.Next(-25, 26) + (i % 150 < 110 ? 6 : -12)) / 10_000m;
            price = decimal.Round(price * (1m + step), decimals);
            rows.Append(CultureInfo.InvariantCulture, $"{At(5 * i)},{price},{random.Next(1, 1_000_000)}\n");
        }

        return rows.ToString();
    }

    private static string Entries(Random random, int ticks)
    {
        StringBuilder rows = new("time,product_id,price,qty,order_type\n");
        for (int i = 3; i < ticks; i += random.Next(5, 25))
        {
            string product = Products[random.Next(Products.Length)].Product;
            rows.Append(CultureInfo.InvariantCulture, $"{At((5 * i) + 1)},{product},,,market\n");
        }

        return rows.ToString();
    }

    private static string Configuration(Random random) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "portfolio": { "totalCapital": 100000, "maxPositionSizePct": 9, "maxPositions": 4,
                         "maxCorrelatedExposurePct": 30, "maxTopNConcentrationPct": 60, "dailyLossPct": -50,
                         "emergencyLiquidationLossPct": -60 },
          "pairDefaults": { "positionSizePct": 3.3, "trailPct": 0.0{{random.Next(10, 30):00}}, "maxEntriesPerHour": 50,
                            "entryCollarPct": 5 },
          "pairs": [
            { "productId": "BTC-USD", "correlationGroup": "majors" },
            { "productId": "ETH-USD", "correlationGroup": "majors" },
            { "productId": "SOL-USD", "correlationGroup": "layer-1" }, { "productId": "DOGE-USD" }
          ],
          "products": [
            { "productId": "BTC-USD", "priceIncrement": 0.01, "quantityIncrement": "0.00000001", "minNotional": 1 },
            { "productId": "DOGE-USD", "priceIncrement": 0.00001, "quantityIncrement": 0.1, "minNotional": 1 },
            { "productId": "ETH-USD", "priceIncrement": 0.01, "quantityIncrement": "0.00000001", "minNotional": 1 },
            { "productId": "SOL-USD", "priceIncrement": 0.001, "quantityIncrement": 0.001, "minNotional": 1 }
          ],
          "paper": { "makerFee": 0.00{{random.Next(1, 60):00}}, "takerFee": 0.0{{random.Next(1, 120):000}},
                     "slippageBps": {{random.Next(0, 20)}},
                     "partialFills": {{(random.Next(2) == 0 ? "true" : "false")}} }
        }
        """);

    private static string At(int second) =>
        Begin.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
