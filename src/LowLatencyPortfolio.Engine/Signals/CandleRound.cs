using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>What one candle close hands to the signals: a slot of a <see cref="RoundQueue"/>, used again and
/// again.</summary>
internal sealed class CandleRound(int pairs)
{
    /// <summary>Where the round's candles end, ns UTC.</summary>
    public long EndNs { get; set; }

    /// <summary>Event time at which it was closed, ns UTC.</summary>
    public long AtNs { get; set; }

    /// <summary>The candles by pair; 0 ticks where none closed.</summary>
    public Candle[] Candles { get; } = new Candle[pairs];

    /// <summary>When each pair last sold, ns UTC; 0 when it did not.</summary>
    public long[] LastExitNs { get; } = new long[pairs];
}
