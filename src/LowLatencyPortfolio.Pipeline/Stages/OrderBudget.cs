namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// How many orders may still be sent: a token bucket in event time of two seconds' burst, half of it kept for exits and
/// stops.
/// </summary>
/// <remarks>
/// Whole numbers only: one order costs 10⁹ credits, and every ns adds <c>MaxOrdersPerSecond</c>. Source: SPEC 8.
/// </remarks>
internal struct OrderBudget
{
    private const int BurstSeconds = 2;

    public long Credits;
    public long LastNs;
    public long PerSecond;

    public static OrderBudget Full(int perSecond) =>
        new() { PerSecond = perSecond, Credits = BurstSeconds * perSecond * EventTime.Second };

    private readonly long Capacity => BurstSeconds * PerSecond * EventTime.Second;

    /// <summary>Whether one more order fits.</summary>
    public bool Allows(bool isEntry, long nowNs)
    {
        long elapsed = Math.Min(nowNs - LastNs, BurstSeconds * EventTime.Second);
        Credits = Math.Min(Capacity, Credits + (elapsed * PerSecond));
        LastNs = nowNs;
        return Credits - EventTime.Second >= (isEntry ? Capacity / 2 : 0);
    }

    /// <summary>Pays for one order.</summary>
    public void Spend() => Credits -= EventTime.Second;

    /// <summary>An order that was paid for was never sent.</summary>
    public void TakeBack() => Credits = Math.Min(Capacity, Credits + EventTime.Second);
}
