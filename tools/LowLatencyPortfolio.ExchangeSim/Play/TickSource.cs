using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.ExchangeSim.Play;

/// <summary>The merged tick files as trades with numbers and maker sides, which files lack.</summary>
/// <remarks>
/// Thread: one at a time. A file's own trade number is kept where it goes up; elsewhere numbers go up by one. The maker
/// is the seller when the price went up, the buyer when it went down, and stays when it did not.
/// </remarks>
internal sealed class TickSource : IDisposable
{
    private readonly ReplayFeed _feed;
    private readonly PairSetup[] _pairs;
    private readonly long[] _lastId;
    private readonly long[] _lastPrice;
    private readonly OrderSide[] _lastSide;

    /// <summary>Opens the files.</summary>
    /// <param name="catalog">What the scan found.</param>
    /// <param name="pairs">The products by index.</param>
    /// <exception cref="ReplayDataException">A file cannot be read.</exception>
    public TickSource(ReplayCatalog catalog, PairSetup[] pairs)
    {
        _feed = new ReplayFeed(catalog, pairs);
        _pairs = pairs;
        _lastId = new long[pairs.Length];
        _lastPrice = new long[pairs.Length];
        _lastSide = new OrderSide[pairs.Length];
    }

    /// <summary>Takes the next trade.</summary>
    /// <param name="print">The trade when true, at the file's time.</param>
    /// <returns>False at the end of the data.</returns>
    public bool TryRead(out TradePrint print)
    {
        if (!_feed.TryRead(out MarketTick tick))
        {
            print = default;
            return false;
        }

        int index = tick.Product;
        _lastId[index] = Math.Max(_lastId[index] + 1, tick.TradeKey);
        _lastSide[index] = tick.Price > _lastPrice[index] ? OrderSide.Sell
            : tick.Price < _lastPrice[index] ? OrderSide.Buy
            : _lastSide[index];
        _lastPrice[index] = tick.Price;
        var product = _pairs[index].Product;

        // A bar without volume still traded something, or it would have no prices.
        decimal size = tick.Quantity == 0 ? product.QuantityIncrement : product.QuantityOf(tick.Quantity);
        print = new TradePrint(
            product.ProductId, _lastId[index], product.PriceOf(tick.Price), size, _lastSide[index], tick.TimeNs);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _feed.Dispose();
}
