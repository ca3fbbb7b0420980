using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>Turns a snapshot of the board into words for people and strategies.</summary>
internal static class StatusReport
{
    private const int EntryPriceDecimals = 12;
    private const long NsPerTick = 100;

    public static PortfolioStatus Of(PortfolioSnapshot snapshot, IReadOnlyList<PairSetup> pairs, PortfolioConfig config)
    {
        PairStatus[] lines = new PairStatus[pairs.Count];
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i] = Of(in snapshot.Pairs[i], pairs[i].Product);
        }

        return new PortfolioStatus
        {
            At = TimeOf(snapshot.Portfolio.AtNs),
            Mode = snapshot.Portfolio.Mode,
            Metrics = MetricsOf(in snapshot.Portfolio, config),
            Heat = PortfolioHeat.Of(HeldRisks.Of(snapshot, pairs)),
            Pairs = lines,
        };
    }

    public static MarketSnapshot ForSignals(
        in PairFigures figures, ProductSpec product, long atNs, MarketSnapshot? shown)
    {
        PairStatus line = Of(in figures, product);
        return new MarketSnapshot
        {
            ProductId = line.ProductId,
            At = TimeOf(atNs),
            LastPrice = line.LastPrice,
            Held = line.Held,
            EntryPrice = line.EntryPrice,
            StopTrigger = line.StopTrigger,
            IsExiting = line.IsExiting,
            Candles = shown?.Candles ?? [],
            Indicators = shown?.Indicators,
            Votes = shown?.Votes,
            RiseProbability = shown?.RiseProbability,
        };
    }

    private static PairStatus Of(in PairFigures figures, ProductSpec product)
    {
        decimal held = product.QuantityOf(figures.Held);
        decimal value = held * product.PriceOf(figures.Mark);
        return new PairStatus
        {
            ProductId = product.ProductId,
            Held = held,
            LastPrice = figures.Mark == 0 ? null : product.PriceOf(figures.Mark),
            EntryPrice = held == 0m
                ? null
                : decimal.Round(figures.Cost / held, EntryPriceDecimals, MidpointRounding.ToEven),
            StopTrigger = figures.StopTrigger == 0 ? null : product.PriceOf(figures.StopTrigger),
            Cost = figures.Cost,
            MarketValue = value,
            UnrealizedPnl = value - figures.Cost,
            RealizedPnl = figures.Realized,
            Exposure = figures.Exposure,
            IsExiting = figures.Exiting,
        };
    }

    private static PortfolioMetrics MetricsOf(in PortfolioFigures figures, PortfolioConfig config)
    {
        decimal pnl = figures.Realized + figures.Unrealized;
        return new PortfolioMetrics
        {
            TotalCapital = config.TotalCapital,
            AvailableCapital = figures.Available,
            DeployedCapital = figures.Deployed,
            ReservedCapital = figures.Reserved,
            ActivePositions = figures.ActivePositions,
            ClosedPositions = figures.ClosedPositions,
            TotalPnl = pnl,
            UnrealizedPnl = figures.Unrealized,
            RealizedPnl = figures.Realized,
            TotalReturnPct = pnl / config.TotalCapital * 100m,
            ConcentrationPct = figures.ConcentrationPct,
            WinRatePct = figures.ClosedPositions == 0 ? null : figures.WonPositions * 100m / figures.ClosedPositions,
            MaxDrawdownPct = figures.Bases.MaxDrawdownPct,
            Fees = figures.Fees,
            Equity = figures.Equity,
        };
    }

    private static DateTimeOffset TimeOf(long ns) => DateTimeOffset.UnixEpoch.AddTicks(ns / NsPerTick);
}
