namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>When the slices of a TWAP order trade. What a request leaves out is null.</summary>
/// <param name="StartNs">When the first slice may trade, ns since the Unix epoch.</param>
/// <param name="Buckets">Number of slices.</param>
/// <param name="BucketSize">Size of a slice in the order's own currency; null: the order's by their number.</param>
/// <param name="BucketNs">From one slice to the next; null: the order's time by their number.</param>
public sealed record TwapSchedule(long? StartNs, long? Buckets, decimal? BucketSize = null, long? BucketNs = null)
{
    /// <summary>From one slice to the next, ns, of an order that ends at <paramref name="endNs"/>.</summary>
    internal long StepNs(long endNs) => BucketNs ?? ((endNs - StartNs!.Value) / Buckets!.Value);

    /// <summary>A slice in base; the last one takes what rounding down has left.</summary>
    internal decimal Slice(decimal totalBase, decimal baseIncrement) =>
        Grid.Down(totalBase / Buckets!.Value, baseIncrement);
}
