namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>What a product's stops covered at every moment, from the states its orders had at the venue.</summary>
internal sealed class Cover
{
    private readonly Dictionary<string, LedgerOrder> _orders = new(StringComparer.Ordinal);
    private decimal _held;
    private decimal _most;
    private decimal _traded;
    private decimal _ended;

    /// <summary>
    /// Never more was for sale than was held. While a part was sold, stops covered exactly the rest. And whatever no
    /// stop covered for a time was what was bought or sold just then, or what a stop had covered that was placed anew.
    /// </summary>
    public static void AssertHeld(string product, IReadOnlyList<LedgerOrder> changes)
    {
        Cover cover = new();
        for (int i = 0; i < changes.Count; i++)
        {
            cover.Take(changes[i], $"{product}, change {i}: {string.Join('\n', changes.Take(i + 1))}");
        }

        Assert.True(cover._held > 0m && cover.Uncovered == 0m, $"{product} ends covered");
    }

    private decimal Uncovered => _held - Live(isStop: true);

    private void Take(LedgerOrder change, string where)
    {
        decimal covered = LeavesOf(change.OrderId);
        _orders[change.OrderId] = change;
        bool isEnd = change is { IsSell: true, IsStop: true, IsLive: false, Filled: 0m };
        decimal held = _orders.Values.Sum(order => order.IsSell ? -order.Filled : order.Filled);
        _traded += Math.Abs(held - _held);
        _ended += isEnd ? covered : 0m;
        _held = held;
        (decimal stops, decimal sells) = (Live(isStop: true), Live(isStop: false));
        Assert.True(stops + sells <= held, $"{stops} + {sells} of {held} for sale: {where}");
        Assert.True(sells == 0m || stops + sells == held, $"{stops} of {held} beside the sell of {sells}: {where}");
        _most = Math.Max(_most, Uncovered);
        if (Uncovered == 0m)
        {
            Assert.True(
                _most <= Math.Max(_traded, _ended),
                $"{_most} without a stop, {_traded} traded, {_ended} placed anew: {where}");
            (_most, _traded, _ended) = (0m, 0m, 0m);
        }
    }

    private decimal Live(bool isStop) => _orders.Values
        .Where(order => order is { IsSell: true, IsLive: true } && order.IsStop == isStop)
        .Sum(order => order.Size - order.Filled);

    private decimal LeavesOf(string orderId) =>
        _orders.TryGetValue(orderId, out LedgerOrder? order) ? order.Size - order.Filled : 0m;
}
