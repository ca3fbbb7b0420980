using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// How long a position, or a part of it, has been without a working stop: measured, told beyond the budget, and ended
/// by an exit.
/// </summary>
/// <remarks>
/// Thread: the ratchet's. Allocation: none. Source: SPEC 10, DESIGN law 7.
/// <para>
/// A part counts too: an additional stop that is refused again and again would else leave what it was for without one
/// for ever, because another stop works. Its clock begins anew with each stop that comes to rest: an entry that fills
/// little by little is always a little ahead of its stops. Coins that orders of others hold count only while no stop
/// works at all: no stop could be placed for them.
/// </para>
/// <para>
/// While a position is being closed it counts as long as nobody knows what became of a sell, and, where sells end at
/// once (<see cref="HealthFlag.SellsAtOnce"/>), as long as one works that has not ended: these are the things which
/// keep the exit from going on without anything being known to sell.
/// </para>
/// </remarks>
internal sealed class NakedClock(
    PairSetup[] setups, OrderTable orders, ProtectionGrid grid, CoinWatch coins, ReductionPlan reductions)
{
    private readonly long[] _blindSinceNs = new long[setups.Length];

    /// <summary>The lengths so far.</summary>
    public NakedTimes Times;

    /// <summary>Prices of a pair (−1: of all) have stopped coming, or come again.</summary>
    public void SetFeed(int product, bool isDown, long nowNs)
    {
        for (int i = product < 0 ? 0 : product; i < (product < 0 ? setups.Length : product + 1); i++)
        {
            ref long since = ref _blindSinceNs[i];
            since = !isDown ? 0 : since == 0 ? nowNs : since;
        }
    }

    /// <summary>Whether the alarm is due.</summary>
    public bool IsBudgetSpent(int product, in ProtectedPair pair, long nowNs) =>
        !pair.IsAlarmed && pair.NakedSinceNs != 0 && nowNs - pair.NakedSinceNs >= BudgetNs(product);

    /// <summary>
    /// Whether it has lasted so long that the position is to be sold: the hard end, or the budget, if nobody could
    /// watch the trigger as long.
    /// </summary>
    public bool IsOver(int product, in ProtectedPair pair, long nowNs)
    {
        if (pair.NakedSinceNs == 0 || pair.Exit != ExitReason.None)
        {
            return false;
        }

        long nakedNs = nowNs - pair.NakedSinceNs;
        bool isBlind = _blindSinceNs[product] != 0 && nowNs - _blindSinceNs[product] >= BudgetNs(product);
        return nakedNs >= (isBlind ? BudgetNs(product) : setups[product].Config.NakedExitSeconds * EventTime.Second)
            && MayEnd(product, in pair);
    }

    /// <summary>After a decision: whether it goes on, begins or ends.</summary>
    /// <param name="e">The event.</param>
    /// <param name="pair">The pair's state.</param>
    /// <param name="survey">Its orders before the decision.</param>
    /// <param name="committed">What a reduction may leave without a stop.</param>
    public void Update(in TradingEvent e, ref ProtectedPair pair, in PairSurvey survey, long committed)
    {
        // A cancellation changes what works; every other decision is seen in the orders only when it is reported.
        bool hasChanged = e.Decision is DecisionKind.CancelForExit or DecisionKind.CancelEntries;
        PairSurvey now = hasChanged ? PairSurvey.Of(orders, e.Product) : survey;
        if (!IsNaked(e.Product, in pair, in now, committed))
        {
            Count(ref pair, e.NowNs);
            pair.NakedSinceNs = 0;
        }
        else if (pair.NakedSinceNs == 0 || (now.HasWorkingStop && HasComeToRest(in e)))
        {
            Count(ref pair, e.NowNs);
            pair.NakedSinceNs = e.NowNs;
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("naked");
        NakedTimes times = Times;
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<NakedTimes>(in times)));
        writer.Write(MemoryMarshal.AsBytes(_blindSinceNs.AsSpan()));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("naked");
        Times = reader.ReadStruct<NakedTimes>();
        reader.ReadInto<long>(_blindSinceNs);
    }

    private static bool HasComeToRest(in TradingEvent e) =>
        e.Kind == EventKind.OrderReport && e.OrderType == OrderType.StopLimit
        && e.Report is ReportKind.Ack or ReportKind.Replaced;

    // Between an old stop that is gone and a new one that is not confirmed the position is naked too, and so it is
    // while nobody knows whether its only stop exists.
    private bool IsNaked(int product, in ProtectedPair pair, in PairSurvey survey, long committed)
    {
        if (pair.Held == 0 || grid.IsDust(product, pair.Held, pair.Last))
        {
            return false;
        }

        return pair.State switch
        {
            StopState.Placing or StopState.Resting or StopState.Replacing =>
                !survey.HasWorkingStop || IsPartNaked(product, in pair, in survey, committed),
            StopState.Triggered or StopState.Exiting => !survey.HasWorkingStop
                && (survey.UnknownSellQuantity > 0 || (survey.Exits > 0 && reductions.SellsAtOnce(product))),
            _ => false,
        };
    }

    private bool IsPartNaked(int product, in ProtectedPair pair, in PairSurvey survey, long committed)
    {
        long uncovered = coins.Sellable(product, pair.Held) - committed - survey.WorkingStopQuantity;
        return grid.IsPlaceable(product, grid.OnGrid(product, uncovered), pair.Trigger);
    }

    // A stop that works for a part is given up only for an exit that can be sent at once: not while an answer is
    // missing, a part is being sold, a stop is on its way, or the product's state would keep it from coming back.
    private bool MayEnd(int product, in ProtectedPair pair)
    {
        PairSurvey survey = PairSurvey.Of(orders, product);
        return !survey.HasWorkingStop
            || (!survey.HasUnknown && survey.Exits == 0 && !pair.HasPending && !pair.IsBlocked && !pair.TakesNoOrders);
    }

    private void Count(ref ProtectedPair pair, long nowNs)
    {
        if (pair.NakedSinceNs != 0)
        {
            Times.Add(nowNs - pair.NakedSinceNs);
            pair.LongestNakedNs = Math.Max(pair.LongestNakedNs, nowNs - pair.NakedSinceNs);
        }
    }

    private long BudgetNs(int product) => setups[product].Config.NakedBudgetSeconds * EventTime.Second;
}
