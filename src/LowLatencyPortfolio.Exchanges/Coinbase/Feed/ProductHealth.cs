using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// Why a product's prices cannot be relied on; tells the sink when the first reason comes and the last goes.
/// </summary>
/// <remarks>Thread: the feed's; <see cref="IsBad"/> and <see cref="HeardAt"/> any. Allocation: none.</remarks>
internal sealed class ProductHealth
{
    private readonly ProductTable _products;
    private readonly IMarketSink _sink;
    private readonly int[] _reasons;
    private readonly long[] _heardAt;

    public ProductHealth(ProductTable products, IMarketSink sink)
    {
        _products = products;
        _sink = sink;
        _reasons = new int[products.Count];
        _heardAt = new long[products.Count];
    }

    [Flags]
    internal enum Reason
    {
        /// <summary>No trade of this connection yet.</summary>
        NotSynchronized = 1,

        /// <summary>The newest trade could not be said in ring units.</summary>
        Unpriced = 2,

        /// <summary>Nothing about it for longer than allowed.</summary>
        Silent = 4,

        /// <summary>Trades before the newest are missing.</summary>
        Hole = 8,
    }

    public bool AnySynchronized { get; private set; }

    public bool IsBad(int product) => Volatile.Read(ref _reasons[product]) != 0;

    /// <summary>The clock's timestamp of the last message about a product; 0 for never.</summary>
    public long HeardAt(int product) => Volatile.Read(ref _heardAt[product]);

    public void Heard(int product, long now) => Volatile.Write(ref _heardAt[product], now);

    /// <summary>Every product waits for a trade of the next connection.</summary>
    public void Disconnect()
    {
        AnySynchronized = false;
        foreach (PairSetup pair in _products.Pairs)
        {
            Set(pair.Index, Reason.NotSynchronized);
        }
    }

    public void Set(int product, Reason reason) => Change(product, _reasons[product] | (int)reason);

    public void Clear(int product, Reason reason)
    {
        AnySynchronized |= (reason & Reason.NotSynchronized) != 0;
        Change(product, _reasons[product] & ~(int)reason);
    }

    /// <summary>Products of which nothing was heard since an instant become silent.</summary>
    public void CheckSilence(long since)
    {
        foreach (PairSetup pair in _products.Pairs)
        {
            if (_heardAt[pair.Index] < since)
            {
                Set(pair.Index, Reason.Silent);
            }
        }
    }

    private void Change(int product, int reasons)
    {
        int before = _reasons[product];
        if (reasons == before)
        {
            return;
        }

        Volatile.Write(ref _reasons[product], reasons);
        if ((before == 0) != (reasons == 0))
        {
            _sink.OnFeedState(product, HealthFlag.FeedDown, isBad: reasons != 0);
        }
    }
}
