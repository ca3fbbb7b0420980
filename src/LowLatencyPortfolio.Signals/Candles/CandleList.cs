using System.Collections;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>A copy of some closed candles that are turned into decimals when they are read.</summary>
/// <remarks>Thread: immutable. Most generators look at a few of many candles.</remarks>
internal sealed class CandleList : IReadOnlyList<MarketCandle>
{
    private readonly Candle[] _candles;
    private readonly ProductSpec _product;
    private readonly long _intervalNs;

    public CandleList(CandleHistory history, ProductSpec product, long intervalNs)
    {
        _candles = new Candle[history.Count];
        _ = history.CopyTo(_candles);
        (_product, _intervalNs) = (product, intervalNs);
    }

    public int Count => _candles.Length;

    public MarketCandle this[int index] => MarketCandle.Of(in _candles[index], _product, _intervalNs);

    public IEnumerator<MarketCandle> GetEnumerator()
    {
        for (int i = 0; i < _candles.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
