using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>One closed candle with all that was judged by.</summary>
/// <param name="Product">Whose candle it is.</param>
/// <param name="Candle">The candle.</param>
/// <param name="Close">Its last price, quote per base.</param>
/// <param name="Indicators">After it.</param>
/// <param name="Votes">After it.</param>
/// <param name="Needed">Votes the pair needs.</param>
/// <param name="RiseProbability">What the fused model says after it, 0 to 1; null while it says nothing.</param>
/// <param name="Signal">What came of it.</param>
internal readonly record struct JudgedCandle(
    ProductSpec Product,
    Candle Candle,
    decimal Close,
    IndicatorValues Indicators,
    EntryVotes Votes,
    int Needed,
    double? RiseProbability,
    EntrySignal Signal);
