using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>
/// Candles built from the venue's 1-minute candles are its 5-minute candles: those of Data, or of the folder that the
/// environment variable LLP_CANDLES names.
/// </summary>
public sealed class CandleReferenceTests
{
    private const int FiveMinutes = 300;
    private const long MinuteNs = 60_000_000_000;

    public static TheoryData<string> Pairs => RealCandles.AllPairs;

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Bars_of_a_minute_played_as_four_ticks_become_the_bars_of_five_minutes(string productId)
    {
        List<MarketCandle> built = [];
        CandleBuilder builder = new(FiveMinutes);
        List<MarketCandle> minutes = RealCandles.ReadReference(productId, 1);
        foreach (MarketCandle minute in minutes)
        {
            foreach ((long time, long price, long quantity) in FourTicks(minute))
            {
                if (builder.OnTick(time, price, quantity))
                {
                    built.Add(InDecimals(builder));
                }
            }
        }

        Assert.True(builder.OnTime(RealCandles.TimeNs(minutes[^1].OpenTime.AddSeconds(FiveMinutes))));
        built.Add(InDecimals(builder));
        Assert.Equal(RealCandles.ReadReference(productId, 5), built);
        Assert.Equal(0, builder.LateTicks);
    }

    [Fact]
    public void All_ten_pairs_are_among_those_of_Data() =>
        Assert.True(RealCandles.Folder is not null || Pairs.Count == 10, $"{Pairs.Count} pairs");

    private static MarketCandle InDecimals(CandleBuilder builder) =>
        MarketCandle.Of(in builder.Closed, RealCandles.Product, builder.IntervalNs);

    /// <summary>As a replay plays a bar: a quarter of the volume each, the rest on the close.</summary>
    private static IEnumerable<(long Time, long Price, long Quantity)> FourTicks(MarketCandle bar)
    {
        ProductSpec product = RealCandles.Product;
        long time = RealCandles.TimeNs(bar.OpenTime);
        bool rising = bar.Close >= bar.Open;
        decimal[] path = [bar.Open, rising ? bar.Low : bar.High, rising ? bar.High : bar.Low, bar.Close];
        long[] offsets = [0, MinuteNs / 4, MinuteNs / 2, MinuteNs - 1];
        Assert.True(product.TryQuantityUnits(bar.Volume, out long volume));
        long[] parts = [volume / 4, volume / 4, volume / 4, volume - (volume / 4 * 3)];
        for (int i = 0; i < path.Length; i++)
        {
            Assert.True(product.TryPriceUnits(path[i], out long price));
            yield return (time + offsets[i], price, parts[i]);
        }
    }
}
