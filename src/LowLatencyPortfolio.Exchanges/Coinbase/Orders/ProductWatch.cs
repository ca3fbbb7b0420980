using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the venue lets be done with each product now; a change is told to the engine.</summary>
/// <remarks>Thread: under the desk's lock. Until the venue has said something, the configured grid counts.</remarks>
internal sealed class ProductWatch
{
    private readonly ReportBuffer _reports;
    private readonly ProductSpec[] _products;
    private readonly State[] _states;
    private readonly bool[] _areStopsRefused;

    public ProductWatch(IReadOnlyList<PairSetup> pairs, ReportBuffer reports)
    {
        _reports = reports;
        _products = [.. pairs.Select(pair => pair.Product)];
        _areStopsRefused = new bool[_products.Length];
        _states = [.. _products.Select(product =>
            new State(true, product.PriceIncrementUnits, product.QuantityIncrementUnits))];
    }

    /// <summary>Whether an order that is cancelled now could be placed again.</summary>
    public bool TakesOrders(int product) => _states[product].TakesOrders;

    /// <summary>Whether a product takes no orders now: its next state is worth asking for.</summary>
    public bool IsAnyClosed => Array.Exists(_states, state => !state.TakesOrders);

    /// <summary>Tells the engine whether a product's stops would be taken.</summary>
    public void SetStopsRefused(int product, bool isRefused, long nowNs)
    {
        if (_areStopsRefused[product] != isRefused)
        {
            _areStopsRefused[product] = isRefused;
            _reports.AddHealth(HealthFlag.StopsRefused, isRefused, nowNs, product);
        }
    }

    /// <summary>Takes in what the venue says of a product.</summary>
    /// <returns>False when its grid cannot be kept in ring units; the old one then stays.</returns>
    public bool Take(CoinbaseProduct seen, long nowNs)
    {
        int index = Array.FindIndex(_products, product => ProductAlias.IsSame(product.ProductId, seen.ProductId));
        if (index < 0)
        {
            return true;
        }

        ProductSpec product = _products[index];
        State before = _states[index];
        bool fits = product.TryPriceUnits(seen.PriceIncrement, out long price) && price > 0;
        fits &= product.TryQuantityUnits(seen.BaseIncrement, out long quantity) && quantity > 0;
        State now = fits
            ? new State(seen.TakesNewOrders, price, quantity)
            : before with { TakesOrders = false };      // nothing can be rounded to it
        if (now != before)
        {
            _states[index] = now;
            _reports.AddProduct(index, now.TakesOrders, now.PriceIncrement, now.QuantityIncrement, nowNs);
        }

        return fits;
    }

    private readonly record struct State(bool TakesOrders, long PriceIncrement, long QuantityIncrement);
}
