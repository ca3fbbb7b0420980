using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>A small seeded market in real files: three pairs, rises and sharp falls, entries all along.</summary>
internal sealed class ReplayScenario : IDisposable
{
    private static readonly string[] Products = ["AAA-USD", "BBB-USD", "CCC-USD"];
    private readonly int _seed;

    public ReplayScenario(int seed, int ticks, int latencyMs = 0)
    {
        _seed = seed;
        LatencyMs = latencyMs;
        Random random = new(seed);
        foreach (string product in Products)
        {
            File.WriteAllText(Path.Combine(Folder, product + ".csv"), Ticks(random, ticks));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("replay-").FullName;

    public int LatencyMs { get; }

    public string Database(string name) => Path.Combine(Folder, name + ".db");

    public ReplayRequest Request(string database)
    {
        ReplayCatalog catalog = ReplayCatalog.Scan(Products.Select(product => Path.Combine(Folder, product + ".csv")));
        PairSetup[] pairs = PairSetup.Arrange(Products.Select(product => (
            new ProductSpec(product, 0.01m, 0.001m, 0.001m, 1m),
            new PairConfig
            {
                ProductId = product, TrailPct = 0.01m, PositionSizePct = 4m, MaxEntriesPerHour = 1000,
                EntryCollarPct = 50m,
            })));
        return new ReplayRequest
        {
            Catalog = catalog,
            Pairs = pairs,
            Portfolio =
                new PortfolioConfig { TotalCapital = 10_000m, DailyLossPct = -50m, EmergencyLiquidationLossPct = -60m },
            Paper = new PaperConfig { LatencyMs = LatencyMs, PartialFills = true, RejectionRate = 0.1m, Seed = _seed },
            Entries = Entries(catalog, pairs),
            DatabasePath = Database(database),
            RequireCores = false,
            CheckpointInterval = 7,
        };
    }

    /// <summary>All rows of the tables as records.</summary>
    public static string Rows(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        StringBuilder rows = new();
        rows.AppendJoin('\n', database.Positions()).AppendLine();
        rows.AppendJoin('\n', database.Orders()).AppendLine();
        rows.AppendJoin('\n', database.History()).AppendLine();
        rows.Append(database.Portfolio()).AppendLine();
        rows.AppendJoin('\n', database.MeasuredGroups()).AppendLine();
        return rows.ToString();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Ticks(Random random, int count)
    {
        StringBuilder csv = new("time,price,size\n");
        DateTime time = new(2024, 1, 1, 23, 55, 0, DateTimeKind.Utc);
        int cents = random.Next(5_000, 20_000);
        for (int i = 0; i < count; i++)
        {
            time = time.AddMilliseconds(random.Next(0, 1500));
            int step = random.Next(40) == 0 ? -(cents / 50) : random.Next(-20, 26);
            cents = Math.Max(500, cents + step);
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{time:yyyy-MM-ddTHH:mm:ss.fffZ},{cents / 100}.{cents % 100:00},{random.Next(1, 5000) / 1000m}\n");
        }

        return csv.ToString();
    }

    private List<ScriptedCommand> Entries(ReplayCatalog catalog, PairSetup[] pairs)
    {
        Random random = new(_seed + 1);
        List<ScriptedCommand> entries = [];
        for (long time = catalog.FirstTimeNs; time <= catalog.LastTimeNs; time += random.Next(1, 20_000) * 1_000_000L)
        {
            bool isMarket = random.Next(2) == 0;
            int product = random.Next(pairs.Length);
            entries.Add(new ScriptedCommand(
                time, product, isMarket ? OrderType.Market : OrderType.Limit,
                isMarket ? 0 : pairs[product].Product.PriceIncrementUnits * random.Next(5_000, 20_000),
                random.Next(3) == 0 ? pairs[product].Product.QuantityIncrementUnits * random.Next(1, 4000) : 0));
        }

        return entries;
    }
}
