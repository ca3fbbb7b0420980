namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// A tick as the feed keeps it: 16 bytes, so that reading the stream costs little beside handling it.
/// </summary>
/// <param name="Price">Ring units.</param>
/// <param name="StepNs">Event time since the tick before, ns.</param>
/// <param name="Product">Index of the pair.</param>
/// <param name="Lots">Quantity in quantity increments.</param>
internal readonly record struct PackedTick(long Price, uint StepNs, ushort Product, ushort Lots);
