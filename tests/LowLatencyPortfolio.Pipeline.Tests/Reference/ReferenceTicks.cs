namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// The end of SPEC 12: repeated trades, ticks held back as absurd, and what ticks that stand for several say.
/// </summary>
internal static class ReferenceTicks
{
    public static TickVerdict Normalize(in TradingEvent e, ReferencePair pair, ref decimal low, ref decimal high)
    {
        decimal price = low;
        if (e.TradeKey != 0 && !pair.TradeKeys.Add(e.TradeKey))
        {
            return TickVerdict.Duplicate;
        }

        decimal? heldBack = pair.HeldBackTick;
        pair.HeldBackTick = null;
        bool isConfirmed = heldBack is { } held && Math.Abs(price - held) <= held * 0.02m;
        decimal reference = isConfirmed ? heldBack!.Value : pair.LastTick ?? price;
        if (!isConfirmed && Math.Abs(price - reference) > reference * pair.Config.TickCollarPct / 100m)
        {
            pair.HeldBackTick = price;
            return TickVerdict.HeldAbsurd;
        }

        if (e.Count > 1)
        {
            low = Extreme(pair.PriceOf(e.Low), reference, pair, price);
            high = Extreme(pair.PriceOf(e.High), reference, pair, price);
        }

        low = isConfirmed ? Math.Min(low, reference) : low;
        high = isConfirmed ? Math.Max(high, reference) : high;
        return low == high ? TickVerdict.Accepted : TickVerdict.AcceptedRange;
    }

    // An absurd low or high of ticks that were conflated is not believed.
    private static decimal Extreme(decimal extreme, decimal reference, ReferencePair pair, decimal otherwise) =>
        Math.Abs(extreme - reference) <= reference * pair.Config.TickCollarPct / 100m ? extreme : otherwise;
}
