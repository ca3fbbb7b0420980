using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The sell of a part of a position: first the stop is made smaller, then what it does not cover any more is sold.
/// </summary>
/// <remarks>
/// It begins only where nothing else of the pair is under way, and ends, before its sell, with whatever comes in
/// between: the stop then grows again. After its sell it ends with it. So nothing is ever sold twice, and the rest of
/// the position always has its stop. Where sells end at once (<see cref="HealthFlag.SellsAtOnce"/>), the part is naked
/// meanwhile, and a sell that lasts too long is cancelled, so that a stop can cover the part again. Thread: the
/// ratchet's. Allocation: none.
/// </remarks>
internal sealed class ReductionPlan(PairSetup[] setups, OrderTable orders, ProtectionGrid grid, CoinWatch coins)
{
    private readonly long[] _quantity = new long[setups.Length];
    private readonly long[] _sellingSinceNs = new long[setups.Length];
    private readonly bool[] _sellsAtOnce = new bool[setups.Length];

    /// <summary>Somebody wants to sell a part; one at a time.</summary>
    public void Want(in TradingEvent e, ref ProtectedPair pair)
    {
        if (pair.Reduction == ReductionStep.None)
        {
            pair.Reduction = ReductionStep.Wanted;
            _quantity[e.Product] = e.Quantity;
        }
    }

    /// <summary>What of the position a stop must not cover, because it is or will be sold: ring units.</summary>
    public long Committed(int product, in ProtectedPair pair, in PairSurvey survey)
    {
        bool isAhead = pair.PendingSale || pair.Reduction == ReductionStep.Shrinking;
        return survey.SaleQuantity + (isAhead ? Part(product) : 0);
    }

    /// <summary>
    /// What of the position may be without a stop: what the old stop covers until the smaller one works, and what waits
    /// for the next trade of a venue that needs one.
    /// </summary>
    public long Spared(int product, in ProtectedPair pair, in PairSurvey survey) =>
        !_sellsAtOnce[product] ? Committed(product, in pair, in survey)
        : pair.Reduction == ReductionStep.Shrinking ? Part(product)
        : 0;

    /// <summary>Whether market sells of the pair end without anybody else's trade.</summary>
    public void SetSellsAtOnce(int product, bool isSo) => _sellsAtOnce[product] = isSo;

    /// <summary>Whether they do.</summary>
    public bool SellsAtOnce(int product) => _sellsAtOnce[product];

    /// <summary>The sell of a part is under way since now.</summary>
    public void Begin(int product, long nowNs) => _sellingSinceNs[product] = nowNs;

    /// <summary>Whether the sell should have ended, or have been cancelled, by now.</summary>
    public bool IsOverdue(int product, in ProtectedPair pair, long nowNs) =>
        pair.Reduction == ReductionStep.Selling && _sellsAtOnce[product]
        && nowNs - _sellingSinceNs[product] >= setups[product].Config.StopFillTimeoutSeconds * EventTime.Second;

    /// <summary>Asks for the end of a sell that is overdue, if nothing else is decided; again after as long.</summary>
    public void CancelOverdue(ref TradingEvent e, in ProtectedPair pair)
    {
        if (e.Decision != DecisionKind.None || !IsOverdue(e.Product, in pair, e.NowNs))
        {
            return;
        }

        Begin(e.Product, e.NowNs);
        if (CancelChoice.IsAny(orders, e.Product, DecisionKind.CancelExit))
        {
            e.Decision = DecisionKind.CancelExit;
            CancelChoice.Mark(orders, e.Product, DecisionKind.CancelExit);
        }
    }

    /// <summary>Ends a reduction that something else has overtaken, or whose sell has ended.</summary>
    /// <returns>True when one ended before its sell.</returns>
    public static bool EndIfOvertaken(ref ProtectedPair pair, in PairSurvey survey)
    {
        if (pair.Reduction == ReductionStep.Selling && !pair.PendingSale && survey.Sales == 0)
        {
            pair.Reduction = ReductionStep.None;
        }

        if (pair.Reduction != ReductionStep.Shrinking || IsUndisturbed(in pair, in survey))
        {
            return false;
        }

        pair.Reduction = ReductionStep.None;
        return true;
    }

    /// <summary>Whether the stop may be made smaller now, and for how much it is then.</summary>
    /// <param name="product">The pair.</param>
    /// <param name="pair">Its state; a reduction is wanted.</param>
    /// <param name="survey">Its orders.</param>
    /// <param name="trigger">Where the stop goes.</param>
    /// <param name="rest">What it covers, ring units.</param>
    public bool MayShrink(
        int product, in ProtectedPair pair, in PairSurvey survey, long trigger, out long rest)
    {
        long part = Part(product);
        rest = grid.OnGrid(product, pair.Held - part);
        return pair.State == StopState.Resting && IsUndisturbed(in pair, in survey)
            && !pair.HasPending && !pair.MayNotMove && !pair.IsStopTaken
            && survey.Exits == 0 && survey.StopQuantity == survey.LastingStopQuantity
            && coins.Sellable(product, pair.Held) == pair.Held
            && pair.Last > trigger && part > 0 && !grid.IsDust(product, part, pair.Last)
            && grid.IsPlaceable(product, rest, trigger);
    }

    /// <summary>Whether the smaller stop stands alone, so that the sell is next.</summary>
    public static bool IsShrunk(in ProtectedPair pair, in PairSurvey survey) =>
        pair.State == StopState.Resting && !pair.HasPending && survey.StopQuantity == survey.LastingStopQuantity;

    /// <summary>Writes the sell.</summary>
    /// <returns>False when the part cannot be sold any more; the reduction has ended.</returns>
    public bool TrySell(ref TradingEvent e, ref ProtectedPair pair, in PairSurvey survey)
    {
        long part = Part(e.Product);
        long free = coins.Sellable(e.Product, pair.Held) - survey.SellQuantity;
        if (part == 0 || grid.IsDust(e.Product, part, pair.Last) || part > free)
        {
            pair.Reduction = ReductionStep.None;
            return false;
        }

        pair.Reduction = ReductionStep.Selling;
        pair.PendingSale = true;
        Begin(e.Product, e.NowNs);
        e.Decision = DecisionKind.SellPart;
        e.DecisionTrigger = 0;
        e.DecisionLimit = 0;
        e.DecisionQuantity = part;
        return true;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("reductions");
        writer.Write(MemoryMarshal.AsBytes(_quantity.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_sellingSinceNs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_sellsAtOnce.AsSpan()));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("reductions");
        reader.ReadInto<long>(_quantity);
        reader.ReadInto<long>(_sellingSinceNs);
        reader.ReadInto<bool>(_sellsAtOnce);
    }

    private static bool IsUndisturbed(in ProtectedPair pair, in PairSurvey survey) =>
        pair.Exit == ExitReason.None && pair.State is StopState.Resting or StopState.Replacing
        && pair.TriggeredAtNs == 0 && !pair.RetryDue && !pair.IsBlocked
        && !pair.MovesSuspended && !pair.TakesNoOrders
        && survey.Buys == 0 && !survey.HasUnknown && (survey.Stops > 0 || pair.PendingReplace);

    private long Part(int product) => grid.OnGrid(product, _quantity[product]);
}
