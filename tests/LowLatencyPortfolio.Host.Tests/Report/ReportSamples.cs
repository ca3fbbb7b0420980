using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Report;

/// <summary>
/// A small run with known rows: two trades of BTC-USD closed by stops, one open position of DOGE-USD, three refusals.
/// </summary>
internal static class ReportSamples
{
    public static long At(string time)
    {
        Assert.True(UtcTime.TryParse(time, out long timeNs));
        return timeNs;
    }

    public static PairSetup[] Pairs { get; } = PairSetup.Arrange(
    [
        (new ProductSpec("BTC-USD", 0.01m, 0.00000001m), new PairConfig { ProductId = "BTC-USD" }),
        (new ProductSpec("DOGE-USD", 0.00001m, 0.1m), new PairConfig { ProductId = "DOGE-USD" }),
    ]);

    public static PositionRow[] Positions { get; } =
    [
        new PositionRow(
            1, "BTC-USD", 0m, 40_000m, StopState.Closed, 0m, At("2023-12-08T00:05:15Z"), At("2023-12-09T10:00:30Z"),
            42_000m, 39_900m, 3, 0.1m, 4_000m, 0.1m, 3_990m, 95.88m, -105.88m, 39_900m, ExitReason.TrailingStop),
        new PositionRow(
            2, "DOGE-USD", 41_186.1m, 0.0970912345m, StopState.Resting, 3_998.83009322m, At("2023-12-08T00:05:15Z"),
            null, 0.10493m, 0.09968m, 13, 41_186.1m, 3_998.83009322m, 0m, 0m, 47.98596112m,
            -47.98596112m, null, ExitReason.None),
        new PositionRow(
            3, "BTC-USD", 0m, 40_500m, StopState.Closed, 0m, At("2023-12-10T18:05:15Z"), At("2023-12-11T02:13:15Z"),
            45_000m, 42_750m, 7, 0.1m, 4_050m, 0.1m, 4_275m, 99.9m, 125.1m, 42_750m, ExitReason.LossBreaker),
    ];

    public static HistoryRow[] History { get; } =
    [
        Fill(1, "BTC-USD", HistoryAction.EntryFilled, 40_000m, 0.1m, "2023-12-08T00:05:15Z", 48m),
        Refusal(2, "BTC-USD", "POSITION_SIZE_ABOVE_LIMIT", "2023-12-08T00:06:00Z"),
        Refusal(3, "DOGE-USD", "CORRELATED_EXPOSURE_ABOVE_LIMIT", "2023-12-08T00:06:00Z"),
        Fill(4, "BTC-USD", HistoryAction.ExitFilled, 39_900m, 0.1m, "2023-12-09T10:00:30Z", 47.88m),
        Refusal(5, "BTC-USD", "POSITION_SIZE_ABOVE_LIMIT", "2023-12-10T18:05:00Z"),
    ];

    /// <summary>The stop of the open position, in any state.</summary>
    public static OrderRow Stop(OrderState state) => new(
        30, "DOGE-USD", "llp-a-0-30", OrderType.StopLimit, OrderSide.Sell, OrderPurpose.Stop, state, 41_186.1m,
        0.09868m, 0.09968m, 0m, 0m, 0m, 2, At("2023-12-08T00:06:15Z"), At("2023-12-11T11:00:00Z"), null);

    public static ReplayResult Result { get; } = new()
    {
        Finished = true,
        Counters = new PipelineCounters
        {
            Ticks = 201_436,
            TicksRejected = 2,
            Orders = 30,
            Fills = 5,
            StopsPlaced = 3,
            StopsReplaced = 23,
            Exits = 2,
            RiskRejections = 3,
        },
        Metrics = new PortfolioMetrics
        {
            TotalCapital = 100_000m,
            AvailableCapital = 95_972.4039456m,
            DeployedCapital = 3_998.83009322m,
            ReservedCapital = 0m,
            ActivePositions = 1,
            ClosedPositions = 2,
            TotalPnl = 105.5m,
            UnrealizedPnl = 134.26596112m,
            RealizedPnl = -28.76596112m,
            TotalReturnPct = 0.1055m,
            ConcentrationPct = 4.1m,
            WinRatePct = 50m,
            MaxDrawdownPct = 0.4567m,
            Fees = 243.76596112m,
            Equity = 100_105.50m,
        },
        Pairs =
        [
            new PairReading("BTC-USD", 0m, 41_900m, 0m, 0m, StopState.None, 0),
            new PairReading("DOGE-USD", 41_186.1m, 0.10035m, 0.10493m, 0.09968m, StopState.Resting, 0),
        ],
        Hash = new StateHash(0x0123456789abcdef),
        EventsFed = 201_436,
        EventsOfInput = 201_436,
        EntriesAfterEnd = 0,
        Elapsed = TimeSpan.FromMilliseconds(250),
        PipelineAllocatedBytes = 0,
        Gen0Collections = 0,
        BadRows = [],
        BadRowCount = 0,
        FillAssumptions = string.Empty,
        DatabasePath = "/data/llp.db",
    };

    public static ReportInput Input()
    {
        DatabaseRows rows = DatabaseRows.Of(Positions, History, [Stop(OrderState.Working)]);
        StopComparison comparison = new(Pairs, rows.Fills);
        Tick(comparison, 0, "2023-12-08T00:05:15Z", 40_000m);
        Tick(comparison, 0, "2023-12-09T10:00:30Z", 39_800m);
        Tick(comparison, 0, "2023-12-11T02:13:15Z", 30_000m);
        Tick(comparison, 0, "2023-12-11T11:59:59Z", 41_900m);
        comparison.Complete();
        return new ReportInput
        {
            ScriptedEntries = true,
            Assumptions = "1m bars as 4 ticks, inner order assumed | Fills: next tick, whole"
                + " | Fees: maker 0.6 %, taker 1.2 % | Slippage: 5 bp",
            DataSpan = "2 products, 2023-12-08 00:00 to 2023-12-11 11:59 UTC, 10,077 rows",
            Notes = ["DOGE-USD: increments taken from its data"],
            Portfolio = new PortfolioConfig { MaxCorrelatedExposurePct = 16.5m },
            Products = Pairs.ToDictionary(pair => pair.ProductId, pair => pair.Product),
            Trades = rows.Trades,
            Refusals = rows.Refusals,
            Comparison = comparison,
            Result = Result,
            Topology = Topology.Inline,
        };
    }

    public static void Tick(StopComparison comparison, int product, string time, decimal price)
    {
        Assert.True(Pairs[product].Product.TryPriceUnits(price, out long units));
        comparison.OnTick(product, At(time), units);
    }

    private static HistoryRow Fill(
        long id, string productId, HistoryAction action, decimal price, decimal quantity, string time, decimal fee) =>
        new(id, productId, action, price, quantity, At(time), id, 1, price * quantity, fee, null, id);

    private static HistoryRow Refusal(long id, string productId, string verdict, string time) =>
        new(id, productId, HistoryAction.RiskRejected, 1m, 1m, At(time), null, null, 0m, 0m, verdict, id);
}
