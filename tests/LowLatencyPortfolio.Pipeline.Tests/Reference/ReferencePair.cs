using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>One pair: its grid, its position, its protection and its money, in decimals.</summary>
internal sealed class ReferencePair(PairSetup setup)
{
    private readonly decimal _priceUnits = setup.Product.PriceScale;
    private readonly decimal _quantityUnits = setup.Product.QuantityScale;

    public int Index => setup.Index;

    public PairConfig Config => setup.Config;

    public ProductSpec Product => setup.Product;

    public decimal PriceIncrement = setup.Product.PriceIncrement;
    public decimal QuantityIncrement = setup.Product.QuantityIncrement;

    // The market.
    public decimal? LastTick;
    public decimal? HeldBackTick;
    public HashSet<long> TradeKeys = [];
    public decimal Mark;
    public long MarkAtNs;
    public bool FeedDown;
    public long BlindSinceNs;
    public bool NotTradable;

    // The position and its money.
    public decimal Held;
    public decimal Cost;
    public decimal Realized;
    public decimal TradeRealized;
    public long ClosedTrades;
    public long WonTrades;
    public decimal Fees;

    /// <summary>Index of the pair that its measured group is named after.</summary>
    public int MeasuredGroup = setup.Index;

    // The protection.
    public StopState State;
    public decimal Highest;
    public decimal Trigger;
    public decimal AcknowledgedTrigger;
    public List<decimal> PendingStops = [];
    public bool PendingReplace;
    public bool PendingExit;
    public bool PendingSale;

    // A part that is to be sold.
    public decimal Part;
    public bool WantsReduction;
    public bool IsShrinking;
    public bool IsSellingPart;
    public long SellingSinceNs;
    public bool SellsAtOnce;
    public bool RetryDue;
    public bool MovesSuspended;
    public bool EntriesBarred;
    public bool IsAlarmed;
    public ExitReason Exit;
    public long TriggeredAtNs;
    public long NakedSinceNs;

    // What the venue lets be done.
    public bool TakesNoOrders;
    public bool MovesSlow;
    public bool EditsUnproven;
    public long PaceNs;
    public long MovedAtNs;
    public bool IsPaced;
    public bool StopsRefused;
    public bool IsBlocked;
    public bool IsBlockTold;
    public int ExitRung;
    public long VenueRetryNs;

    // What people do.
    public long HandMark;
    public bool IsStopTaken;
    public bool MustShrink;
    public bool WasStopInvalid;
    public bool CoinsInDoubt;
    public decimal MissingCoins;
    public long MissingSinceNs;

    // Coins of the position that orders of others hold: seen in the last look, and in two of them.
    public decimal BlockedCoins;
    public long BlockedSinceNs;
    public decimal ContestedCoins;

    /// <summary>Why somebody ordered the pair closed.</summary>
    public ExitReason MustExit;
    public bool LiquidationAsked;
    public List<(long Sequence, long AtNs)> EntryTimes = [];
    public List<(long AtNs, decimal Quantity, decimal Limit)> Intents = [];

    public bool MayNotMove => MovesSuspended || IsAlarmed || MovesSlow || TakesNoOrders || IsPaced || IsReducing;

    public bool IsReducing => IsShrinking || IsSellingPart;

    public bool HasPending => PendingStops.Count > 0 || PendingReplace || PendingExit || PendingSale;

    public bool IsExiting => Exit != ExitReason.None || State == StopState.Triggered;

    public decimal MarketValue => Held * Mark;

    /// <summary>What our orders can sell.</summary>
    public decimal Sellable => Math.Max(Held - ContestedCoins, 0m);

    public decimal PriceOf(long units) => units / _priceUnits;

    public decimal QuantityOf(long units) => units / _quantityUnits;

    public long PriceUnits(decimal price) => decimal.ToInt64(price * _priceUnits);

    public long QuantityUnits(decimal quantity) => decimal.ToInt64(quantity * _quantityUnits);

    /// <summary>SPEC 5: the largest multiple of the increment at or below h(1 − t).</summary>
    public decimal TriggerOf(decimal highest) => FloorTo(highest * (1m - Config.TrailPct), PriceIncrement);

    public decimal LimitOf(decimal trigger) => FloorTo(trigger * (1m - Config.StopLimitBufferPct), PriceIncrement);

    /// <summary>SPEC 5: R(h).</summary>
    public bool ShouldReplace(decimal highest) =>
        Trigger == 0m || TriggerOf(highest) > Trigger * (1m + Math.Max(Config.MinRatchet, EditsUnproven ? 0.01m : 0m));

    /// <summary>Limit of an exit that the market does not take: 5 % below the newest price.</summary>
    public decimal ExitLimit => Math.Max(FloorTo(Mark * 0.95m, PriceIncrement), PriceIncrement);

    /// <summary>What is held beyond what is there; less than an increment does not count.</summary>
    public decimal Shortage(decimal there) =>
        Held - Math.Max(there, 0m) < Product.QuantityIncrement ? 0m : Held - Math.Max(there, 0m);

    /// <summary>What the product's state forbade may be tried again, at the market first.</summary>
    public void Unblock()
    {
        VenueRetryNs = IsBlocked ? 0 : VenueRetryNs;
        IsBlocked = false;
        ExitRung = 0;
    }

    public decimal OnGrid(decimal quantity) => FloorTo(quantity, QuantityIncrement);

    public bool IsDust(decimal quantity, decimal price) =>
        quantity < Product.MinQuantity || quantity < Product.QuantityIncrement || OnGrid(quantity) == 0m
        || quantity * price < Product.MinNotional;

    /// <summary>Counts as a position: more than dust on the grid the product began with.</summary>
    public bool IsPosition =>
        !(Held < Product.MinQuantity || Held < Product.QuantityIncrement || MarketValue < Product.MinNotional);

    private static decimal FloorTo(decimal value, decimal increment)
    {
        decimal floored = decimal.Floor(value / increment) * increment;
        // The quotient of 28 digits may have been rounded up.
        return floored > value ? floored - increment : floored;
    }
}
