namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// What an order does by itself, beside being matched: it lets slices of itself trade over time, or others trade for
/// it, or it leaves another order behind. Called under the venue's lock; a plan has no state of its own.
/// </summary>
internal interface IOrderPlan
{
    /// <summary>The order is live; <see cref="VenueOrder.Released"/> says what of it the matcher sees.</summary>
    void Arrived(VenueOrder order);

    /// <summary>An execution was booked that did not end the order.</summary>
    void Filled(VenueOrder order);

    /// <summary>The order is final, its hold released and its last state published.</summary>
    void Ended(VenueOrder order);
}
