namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>The four ticks a bar is played as.</summary>
/// <remarks>
/// A rising bar (close at or above open) goes open, low, high, close; a falling one open, high, low, close; at 0, ¼, ½
/// and the last nanosecond. A quarter of the volume each, rounded down to the quantity unit, the rest on the close. The
/// path inside a bar is an assumption, not a record.
/// </remarks>
internal static class BarPath
{
    public const int Ticks = 4;

    public static void Play(in ReplayRow bar, long intervalNs, MarketTick[] path)
    {
        bool rising = bar.Close >= bar.Open;
        long quarter = bar.Volume / Ticks;
        Set(ref path[0], bar.TimeNs, bar.Open, quarter);
        Set(ref path[1], bar.TimeNs + (intervalNs / 4), rising ? bar.Low : bar.High, quarter);
        Set(ref path[2], bar.TimeNs + (intervalNs / 2), rising ? bar.High : bar.Low, quarter);
        Set(ref path[3], bar.TimeNs + intervalNs - 1, bar.Close, bar.Volume - (3 * quarter));
    }

    private static void Set(ref MarketTick tick, long timeNs, long price, long quantity)
    {
        tick.TimeNs = timeNs;
        tick.Price = price;
        tick.Quantity = quantity;
    }
}
