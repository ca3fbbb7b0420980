namespace LowLatencyPortfolio.Signals;

/// <summary>The three votes for an entry as they stand after one closed candle.</summary>
/// <param name="RsiAge">
/// Candles since the RSI rose through its level, 0 at the candle of the crossing; null while the vote does not stand.
/// </param>
/// <param name="MacdAge">Candles since the MACD histogram turned positive; null as above.</param>
/// <param name="VwapAge">Candles since the close rose through the VWAP of its UTC day; null as above.</param>
/// <param name="Window">Candles a vote stands, at least 1: an age is below it.</param>
/// <remarks>
/// Thread: immutable. A crossing is at or below at the candle before, and above at this one; both must be known. The
/// first candle of a UTC day crosses no VWAP, because the one before was measured against another day's. A vote that
/// is cast again begins anew. Candles are counted, not time: an absent one does not age a vote, but more absent ones in
/// a row than the window end every vote, and the candle after them crosses nothing.
/// </remarks>
public readonly record struct EntryVotes(int? RsiAge, int? MacdAge, int? VwapAge, int Window)
{
    /// <summary>Votes there are.</summary>
    public const int Most = 3;

    private const int ConfidenceDecimals = 6;

    /// <summary>Votes that stand, 0 to 3.</summary>
    public int Standing => (RsiAge is null ? 0 : 1) + (MacdAge is null ? 0 : 1) + (VwapAge is null ? 0 : 1);

    /// <summary>
    /// How sure the votes are, 0 to 1: with v of them, (v − 1 + freshness) / 3, where freshness is the mean of (window
    /// − age) / window of those that stand. So more votes always count more than fresher ones, three fresh ones are 1,
    /// two fresh ones 0.666666, and none is 0. Rounded down to 6 decimals.
    /// </summary>
    public decimal Confidence
    {
        get
        {
            int standing = Standing;
            if (standing == 0)
            {
                return 0m;
            }

            decimal left = Left(RsiAge) + Left(MacdAge) + Left(VwapAge);
            decimal parts = (decimal)Window * standing;
            return decimal.Round(
                (((standing - 1) * parts) + left) / (Most * parts), ConfidenceDecimals, MidpointRounding.ToZero);
        }
    }

    /// <summary>The votes that stand, for people; an asterisk marks one that was cast at this candle.</summary>
    /// <returns>Such as <c>RSI MACD*</c>; <c>-</c> when none stands.</returns>
    public override string ToString() => Standing == 0
        ? "-"
        : string.Join(' ', ((string[])[Name("RSI", RsiAge), Name("MACD", MacdAge), Name("VWAP", VwapAge)])
            .Where(name => name.Length > 0));

    private static string Name(string name, int? age) => age switch
    {
        null => string.Empty,
        0 => name + "*",
        _ => name,
    };

    private int Left(int? age) => age is { } candles ? Window - candles : 0;
}
