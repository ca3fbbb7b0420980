using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What the parts of the risk gate share: ledger, breaker, mode, health, budget and the numbering of orders.
/// </summary>
internal sealed class GateState
{
    private readonly PairSetup[] _setups;
    private readonly bool[] _bad = new bool[(int)HealthFlag.KeyRefused + 1];   // those behind it refuse nothing

    public GateState(PairSetup[] setups, PortfolioConfig config, PipelineOptions options)
    {
        _setups = setups;
        Config = config;
        TakerFee = options.TakerFee;
        Pairs = new GatedPair[setups.Length];
        Intents = new PairIntents[setups.Length];
        Orders = new OrderTable(setups.Length, options.OrderCapacity);
        Portfolio = new PortfolioManager(config, options.TakerFee);
        foreach (PairSetup setup in setups)
        {
            Portfolio.RegisterPair(setup.Config, setup.Product);
        }

        Breaker = new LossBreaker
        {
            Cash = config.TotalCapital,
            Base = config.TotalCapital,
            EmergencyArmed = true,
        };
        Breaker.Rearm(config);
        Budget = OrderBudget.Full(config.MaxOrdersPerSecond);
        LiquidationAsked = new bool[setups.Length];
    }

    public PortfolioConfig Config { get; }

    public decimal TakerFee { get; }

    public GatedPair[] Pairs { get; }

    public PairIntents[] Intents { get; }

    public OrderTable Orders { get; }

    public PortfolioManager Portfolio { get; }

    public LossBreaker Breaker;
    public OrderBudget Budget;
    public TradingMode Mode;

    /// <summary>Why the portfolio is being liquidated; none while it is not.</summary>
    public ExitReason LiquidationReason;
    public long NextSequence;
    public long LastSampleMinute;
    public long Trips;
    public long UnknownOrderReports;

    /// <summary>For whoever watches the engine; neither refuses anything, and each start tells them anew.</summary>
    public bool IsUserChannelDown;
    public bool AreQuestionsFailing;

    public bool[] LiquidationAsked { get; }

    /// <summary>What equity is measured against, beside the breaker's base.</summary>
    public EquityBases Bases =>
        new(Breaker.Day, Breaker.DayBase, Portfolio.PeakEquity, Portfolio.MaxDrawdownPct);

    public bool IsBad(HealthFlag flag) => _bad[(int)flag];

    public void SetHealth(HealthFlag flag, bool isBad) => _bad[(int)flag] = isBad;

    /// <summary>Gives the manager the newest prices; the ticks themselves only touch <see cref="Pairs"/>.</summary>
    public void SyncMarks()
    {
        for (int i = 0; i < Pairs.Length; i++)
        {
            if (Pairs[i].Mark != 0)
            {
                Portfolio.SetMark(i, _setups[i].Product.PriceOf(Pairs[i].Mark));
            }
        }
    }

    /// <summary>Samples E for the drawdown.</summary>
    public void SampleDrawdown()
    {
        decimal equity = Breaker.Equity;
        Portfolio.PeakEquity = Math.Max(Portfolio.PeakEquity, equity);
        decimal drawdown = (Portfolio.PeakEquity - equity) / Portfolio.PeakEquity * 100m;
        Portfolio.MaxDrawdownPct = Math.Max(Portfolio.MaxDrawdownPct, drawdown);
    }

    public void Recover(StoredPosition position, long held, long mark)
    {
        ref GatedPair pair = ref Pairs[position.Product];
        pair.Held = held;
        pair.Mark = mark;       // until the first tick; its age refuses entries
        Portfolio.Ledger(position.Product) = position.Ledger;
        Portfolio.SetMark(position.Product, _setups[position.Product].Product.PriceOf(mark));
        Breaker.Move(held, mark);
    }

    /// <summary>Everything was taken over.</summary>
    public void Recover(StoredPortfolio stored)
    {
        Mode = stored.Mode;
        foreach (int product in stored.CoinsInDoubt)
        {
            Pairs[product].CoinsInDoubt = true;
        }

        NextSequence = stored.LastOrderSequence;
        Breaker.Cash = Portfolio.Cash;
        Breaker.Base = stored.BreakerBase;
        Breaker.EmergencyArmed = !stored.HasTripped;
        Breaker.Day = stored.Bases.Day;
        Breaker.DayBase = stored.Bases.DayFirst;
        Breaker.DailyArmed = true;
        Breaker.Rearm(Config);
        Portfolio.PeakEquity =
            Math.Max(Math.Max(Portfolio.PeakEquity, stored.Bases.Highest), Breaker.Equity);
        Portfolio.MaxDrawdownPct = stored.Bases.MaxDrawdownPct;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("gate");
        writer.Write(Config.TotalCapital);
        writer.Write(MemoryMarshal.AsBytes(Pairs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(Intents.AsSpan()));
        Orders.Save(writer);
        LossBreaker breaker = Breaker;
        OrderBudget budget = Budget;
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<LossBreaker>(in breaker)));
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<OrderBudget>(in budget)));
        writer.Write((long)Mode);
        writer.Write((long)LiquidationReason);
        writer.Write(NextSequence);
        writer.Write(LastSampleMinute);
        writer.Write(Trips);
        writer.Write(UnknownOrderReports);
        writer.Write(MemoryMarshal.AsBytes(LiquidationAsked.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_bad.AsSpan()));
        writer.Write(Portfolio.PeakEquity);
        writer.Write(Portfolio.MaxDrawdownPct);
        writer.Write(Portfolio.ExternalAvailable.HasValue);
        writer.Write(Portfolio.ExternalAvailable ?? 0m);
        for (int i = 0; i < Portfolio.PairCount; i++)
        {
            PositionLedger ledger = Portfolio.Ledger(i);
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<PositionLedger>(in ledger)));
            (decimal exposure, decimal reserved, _) = Portfolio.WorkingBuys(i);
            writer.Write(exposure);
            writer.Write(reserved);
            writer.Write(Portfolio.Mark(i));
        }
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("gate");
        decimal addedCapital = Config.TotalCapital - reader.ReadDecimal();
        reader.ReadInto<GatedPair>(Pairs);
        reader.ReadInto<PairIntents>(Intents);
        Orders.Restore(reader);
        Breaker = reader.ReadStruct<LossBreaker>();
        Budget = reader.ReadStruct<OrderBudget>();
        Mode = (TradingMode)reader.ReadInt64();
        LiquidationReason = (ExitReason)reader.ReadInt64();
        NextSequence = reader.ReadInt64();
        LastSampleMinute = reader.ReadInt64();
        Trips = reader.ReadInt64();
        UnknownOrderReports = reader.ReadInt64();
        reader.ReadInto<bool>(LiquidationAsked);
        reader.ReadInto<bool>(_bad);
        _bad[(int)HealthFlag.OrdersUnexplained] = false;    // the start and the gateway tell both anew
        _bad[(int)HealthFlag.KeyRefused] = false;
        Portfolio.PeakEquity = reader.ReadDecimal();
        Portfolio.MaxDrawdownPct = reader.ReadDecimal();
        bool hasExternal = reader.ReadBoolean();
        decimal external = reader.ReadDecimal();
        Portfolio.ExternalAvailable = hasExternal ? external : null;
        for (int i = 0; i < Portfolio.PairCount; i++)
        {
            Portfolio.Ledger(i) = reader.ReadStruct<PositionLedger>();
            decimal buying = _setups[i].Product.QuantityOf(PairSurvey.Of(Orders, i).BuyQuantity);
            Portfolio.SetWorkingBuys(i, reader.ReadDecimal(), reader.ReadDecimal(), buying);
            Portfolio.SetMark(i, reader.ReadDecimal());
        }

        AddCapital(addedCapital);
    }

    // Capital that was changed on purpose is neither a loss nor a gain: whatever E is measured against moves along with
    // it.
    private void AddCapital(decimal added)
    {
        Breaker.Base += added;
        Breaker.DayBase += Breaker.DayBase == 0m ? 0m : added;
        Breaker.Cash = Portfolio.Cash;
        Breaker.Rearm(Config);
        Portfolio.PeakEquity += added;
    }
}
