using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>A generator that enters after a candle that rose, surer the more it did; the limit is its close.</summary>
internal sealed class RisingCandle(decimal limitFactor = 1m) : ISignalGenerator
{
    public ValueTask<EntrySignal> GenerateAsync(
        string productId, MarketSnapshot snapshot, CancellationToken cancellationToken)
    {
        decimal rise = snapshot.Candles is [.., { } newest] ? (newest.Close / newest.Open) - 1m : -1m;
        return ValueTask.FromResult(new EntrySignal
        {
            ProductId = productId,
            ShouldEnter = rise > 0m,
            Confidence = Math.Clamp(rise * 20m, 0m, 1m),
            LimitPrice = rise > 0m ? decimal.Floor(snapshot.Candles[^1].Close * limitFactor * 100m) / 100m : null,
        });
    }
}
