namespace LowLatencyPortfolio.Signals.Tests;

public sealed class SnapshotTests
{
    private static readonly MarketSnapshot Bare =
        new() { ProductId = "DOGE-USD", At = DateTimeOffset.UnixEpoch, LastPrice = 0.1m };

    [Fact]
    public void A_snapshot_has_the_last_candles_to_the_digit_with_indicators_and_votes()
    {
        PairSignals signals = new(RealCandles.Product, new ConfirmationSettings { HistoryCandles = 12 });
        List<MarketCandle> candles = RealCandles.Read("DOGE-USD", 5);
        foreach (MarketCandle candle in candles)
        {
            Candle units = RealCandles.Units(candle);
            signals.OnCandle(in units);
        }

        MarketSnapshot snapshot = signals.AddTo(Bare);
        Assert.Equal(candles.TakeLast(12), snapshot.Candles);
        Assert.Equal(signals.Indicators, snapshot.Indicators);
        Assert.Equal(signals.Votes, snapshot.Votes);
        Assert.Equal(0.1m, snapshot.LastPrice);
        Assert.Equal(new DateTimeOffset(2023, 12, 12, 0, 0, 0, TimeSpan.Zero), snapshot.Candles[^1].CloseTime);
    }

    [Fact]
    public void Before_the_first_candle_a_snapshot_stays_as_it_is() =>
        Assert.Same(Bare, new PairSignals(RealCandles.Product, new ConfirmationSettings()).AddTo(Bare));
}
