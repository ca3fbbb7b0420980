namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>
/// SPEC 8, order-rate budget: two seconds' worth of orders at most, refilled as event time passes; half is kept for
/// sells.
/// </summary>
internal sealed class ReferenceBudget(int ordersPerSecond)
{
    private const decimal NsPerSecond = 1_000_000_000m;
    private readonly decimal _capacity = 2m * ordersPerSecond;
    private decimal _tokens = 2m * ordersPerSecond;
    private long _lastNs;

    public bool Allows(bool isEntry, long nowNs)
    {
        _tokens = Math.Min(_capacity, _tokens + ((nowNs - _lastNs) * (decimal)ordersPerSecond / NsPerSecond));
        _lastNs = nowNs;
        return _tokens - 1m >= (isEntry ? _capacity / 2m : 0m);
    }

    public void Spend() => _tokens -= 1m;

    public void TakeBack() => _tokens = Math.Min(_capacity, _tokens + 1m);
}
