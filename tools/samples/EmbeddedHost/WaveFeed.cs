using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;

namespace EmbeddedHost;

/// <summary>A feed of our own: each product goes up by 1 % and down again, ten trades a second, for a while.</summary>
/// <remarks>The time of a trade is counted from the feed's beginning; whoever reads it keeps the pace.</remarks>
internal sealed class WaveFeed(ProductSpec[] products, int seconds) : IMarketFeed
{
    private const int TradesASecond = 10;
    private const long NsBetween = 1_000_000_000 / TradesASecond;
    private const int HalfWave = 100;
    private int _given;

    public bool TryRead(out MarketTick tick)
    {
        tick = default;
        if (_given == products.Length * seconds * TradesASecond)
        {
            return false;
        }

        (int round, int product) = Math.DivRem(_given++, products.Length);
        int step = HalfWave - Math.Abs(((round + (13 * product)) % (2 * HalfWave)) - HalfWave);
        decimal price = 1_000m * (product + 1) * (1m + (0.01m * step / HalfWave));
        tick.Product = product;
        tick.TimeNs = round * NsBetween;
        tick.TradeKey = _given;
        return products[product].TryPriceUnits(products[product].RoundPriceDown(price), out tick.Price)
            && products[product].TryQuantityUnits(1m, out tick.Quantity);
    }
}
