using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>A session as its rows tell it.</summary>
/// <param name="EngineId">Whose orders.</param>
/// <param name="Epoch">The start that broke off, or the last one.</param>
/// <param name="Portfolio">What the pipeline takes over.</param>
/// <param name="Orders">Every order that ever was, by number.</param>
/// <param name="LiquidationReason">Why the portfolio was being sold when the session ended; none when it was
/// not.</param>
/// <param name="NewestFillNs">When the newest fill was written down, or the first order was, ns UTC.</param>
internal sealed record StoredSession(
    string EngineId, long Epoch, StoredPortfolio Portfolio, IReadOnlyDictionary<long, WrittenOrder> Orders,
    ExitReason LiquidationReason, long NewestFillNs)
{
    /// <summary>
    /// It did stop in order, and stored a state that this program would misread: rows and venue tell all the same.
    /// </summary>
    public bool IsStateUnreadable { get; init; }

    /// <summary>Time of the newest thing that was written down, a stored state included, ns UTC.</summary>
    public required long NewestNs { get; init; }

    /// <summary>From when on finished orders at the venue are of interest, ns UTC.</summary>
    public long SinceNs => Math.Max(0, Math.Min(OldestOpenNs, Portfolio.AtNs) - SessionRecovery.LateFillNs);

    /// <summary>
    /// Before this no fill is missing, ns UTC: a fill was written down later, and no order is older that may still
    /// trade. That is all the cursor there is: it moves with the rows.
    /// </summary>
    public long FillsKnownNs => Math.Min(OldestOpenNs, NewestFillNs);

    // A stop that was moved by edits is at the venue since the first of its position was placed.
    private long OldestOpenNs => Portfolio.Orders
        .Where(order => !OrderTransitions.IsFinal(order.State))
        .Select(order => order.Purpose == OrderPurpose.Stop ? FirstOf(order) : order.CreatedAtNs)
        .DefaultIfEmpty(long.MaxValue)
        .Min();

    private long FirstOf(StoredOrder stop) => Orders.Values
        .Where(written => written.Order.Purpose == OrderPurpose.Stop && written.Order.Product == stop.Product
            && written.Order.IsOfPosition(stop.PositionId))
        .Select(written => written.Order.CreatedAtNs)
        .Append(stop.CreatedAtNs)
        .Min();
}
