using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>Everything the reference engine knows. Sums are taken in full whenever they are asked for.</summary>
internal sealed class ReferenceState(PortfolioConfig config, PairSetup[] setups, PipelineOptions options)
{
    /// <summary>Unfinished orders of each pair, newest first.</summary>
    private readonly List<ReferenceOrder>[] _open = [.. setups.Select(_ => new List<ReferenceOrder>())];

    public PortfolioConfig Config { get; } = config;

    public PipelineOptions Options { get; } = options;

    public ReferencePair[] Pairs { get; } = [.. setups.Select(setup => new ReferencePair(setup))];

    public Dictionary<long, ReferenceOrder> Orders { get; } = [];

    public long NowNs;
    public long NextSequence;
    public TradingMode Mode;
    public ExitReason LiquidationReason;
    public HashSet<HealthFlag> BadHealth { get; } = [];
    public decimal? ExternalAvailable;
    public decimal BreakerBase = config.TotalCapital;
    public bool EmergencyArmed = true;
    public bool DailyArmed;
    public decimal DayBase;
    public long Day;
    public decimal PeakEquity = config.TotalCapital;
    public decimal MaxDrawdownPct;
    public long SampledMinute;

    /// <summary>C of SPEC 6.</summary>
    public decimal Cash = config.TotalCapital;

    public decimal Equity => Cash + Pairs.Sum(pair => pair.MarketValue);

    public decimal EmergencyFloor => BreakerBase * (1m + (Config.EmergencyLiquidationLossPct / 100m));

    public decimal DailyFloor => DayBase * (1m + (Config.DailyLossPct / 100m));

    public IEnumerable<ReferenceOrder> OpenOrders(int product) => _open[product];

    /// <summary>Orders that were reported on and may still trade, as the ratchet knows them.</summary>
    public IEnumerable<ReferenceOrder> Reported(int product) =>
        _open[product].Where(order => order.Reported is { IsLive: true });

    /// <summary>Orders that were sent and may still trade.</summary>
    public IEnumerable<ReferenceOrder> Live(int product) => _open[product].Where(order => order.Sent.IsLive);

    public void Link(ReferenceOrder order)
    {
        _open[order.Product].Remove(order);
        _open[order.Product].Insert(0, order);
    }

    /// <summary>Puts an order where its state says: it may have ended, or turned out to live after all.</summary>
    public void Settle(ReferenceOrder order)
    {
        bool isListed = _open[order.Product].Contains(order);
        if (order.IsOpen && !isListed)
        {
            Link(order);
        }
        else if (!order.IsOpen && isListed)
        {
            _open[order.Product].Remove(order);
        }
    }

    public decimal WorkingBuys(int product, ReferenceOrder? except = null) => _open[product]
        .Where(order => order.Side == OrderSide.Buy && order != except)
        .Sum(order => order.Remaining * order.ExposurePrice);

    public decimal Exposure(int product, ReferenceOrder? except = null) =>
        Pairs[product].MarketValue + WorkingBuys(product, except);

    public bool HasExposure(int product, ReferenceOrder? except = null) =>
        WorkingBuys(product, except) > 0m || Pairs[product].IsPosition;

    public decimal Available(ReferenceOrder? except = null)
    {
        decimal reserved = Pairs.Sum(pair => WorkingBuys(pair.Index, except) * (1m + Options.TakerFee));
        decimal own = Config.TotalCapital + Pairs.Sum(pair => pair.Realized) - Pairs.Sum(pair => pair.Cost) - reserved;
        return ExternalAvailable < own ? ExternalAvailable.Value : own;
    }

    public void SampleDrawdown()
    {
        decimal equity = Equity;
        PeakEquity = Math.Max(PeakEquity, equity);
        MaxDrawdownPct = Math.Max(MaxDrawdownPct, (PeakEquity - equity) / PeakEquity * 100m);
    }
}
