using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>The paper exchange's own account: cash, base per pair, and what open orders hold of both. Exact.</summary>
/// <remarks>
/// Thread: the feeder's. Allocation: none. A limit buy holds limit × remaining quantity and the taker fee on it; a
/// market buy the same at the last price at its arrival; sells and stops hold their remaining base. Cash can fall below
/// what is held, even below 0, only by a market buy whose tick is dearer than the price it was checked at, by the
/// rounding of the fees of several partial fills of one order (10⁻⁸ each), or by a maker fee above the taker fee.
/// </remarks>
public sealed class PaperLedger
{
    private readonly long[] _base;
    private readonly long[] _baseHeld;
    private readonly PaperPricing _pricing;
    private readonly decimal _startingCash;

    internal PaperLedger(PaperPricing pricing, int pairs, decimal startingCash)
    {
        _pricing = pricing;
        _base = new long[pairs];
        _baseHeld = new long[pairs];
        _startingCash = startingCash;
        Cash = startingCash;
    }

    /// <summary>Cash, quote: the starting cash, less what was bought, plus what was sold, less fees.</summary>
    public decimal Cash { get; private set; }

    /// <summary>Cash that open buys hold, quote.</summary>
    public decimal HeldCash { get; private set; }

    /// <summary>Cash a new buy may use, quote.</summary>
    public decimal FreeCash => Cash - HeldCash;

    /// <summary>Base of a pair, that which open sells hold included.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <returns>Ring quantity units, at least 0.</returns>
    public long BaseUnits(int product) => _base[product];

    /// <summary>Base of a pair that open sells and stops hold.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <returns>Ring quantity units, at least 0.</returns>
    public long HeldBaseUnits(int product) => _baseHeld[product];

    /// <summary>Begins with other balances than the starting cash alone; nothing is held by orders.</summary>
    internal void BeginWith(decimal cash, IReadOnlyList<long> baseUnits)
    {
        Cash = cash;
        HeldCash = 0m;
        Array.Clear(_baseHeld);
        for (int product = 0; product < _base.Length; product++)
        {
            _base[product] = baseUnits[product];
        }
    }

    internal bool Covers(in PaperOrder order) => order.Side == OrderSide.Buy
        ? CashFor(in order) <= FreeCash
        : order.Remaining <= _base[order.Product] - _baseHeld[order.Product];

    internal void Hold(in PaperOrder order)
    {
        if (order.Side == OrderSide.Buy)
        {
            HeldCash += CashFor(in order);
        }
        else
        {
            _baseHeld[order.Product] += order.Remaining;
        }
    }

    internal void Release(in PaperOrder order)
    {
        if (order.Side == OrderSide.Buy)
        {
            HeldCash -= CashFor(in order);
        }
        else
        {
            _baseHeld[order.Product] -= order.Remaining;
        }
    }

    /// <summary>Books a fill. The caller releases the order's hold before and holds the rest after.</summary>
    internal void Book(in PaperOrder order, long quantity, decimal value, decimal fee)
    {
        bool buy = order.Side == OrderSide.Buy;
        Cash += (buy ? -value : value) - fee;
        _base[order.Product] += buy ? quantity : -quantity;
    }

    internal void Write(CheckpointWriter writer)
    {
        writer.Write(_startingCash);
        writer.Write(Cash);
        foreach (long units in _base)
        {
            writer.Write(units);
        }
    }

    /// <summary>Reads the balances; the holds follow from the open orders, which are held again by the caller. Another
    /// starting cash than the one written counts as a deposit or a withdrawal.</summary>
    internal void Read(CheckpointReader reader)
    {
        decimal deposit = _startingCash - reader.ReadDecimal();
        Cash = reader.ReadDecimal() + deposit;
        HeldCash = 0m;
        Array.Clear(_baseHeld);
        for (int product = 0; product < _base.Length; product++)
        {
            _base[product] = reader.ReadInt64();
        }
    }

    private decimal CashFor(in PaperOrder order) =>
        ProductSpec.ValueOf(order.HoldPrice, order.Remaining)
        + _pricing.Fee(order.HoldPrice, order.Remaining, Liquidity.Taker);
}
