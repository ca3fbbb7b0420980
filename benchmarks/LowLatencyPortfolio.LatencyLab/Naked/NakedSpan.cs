namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What a span of event time came to.</summary>
/// <param name="FromNs">Its first moment, ns UTC.</param>
/// <param name="Ticks">Ticks played.</param>
/// <param name="Counts">Times without a working stop that ended in it, by length as <c>NakedTimes.UpToMs</c>; the last
/// has no end.</param>
/// <param name="Rates">Order requests.</param>
internal sealed record NakedSpan(long FromNs, long Ticks, long[] Counts, RequestRates Rates)
{
    public DateTime From => DateTime.UnixEpoch.AddTicks(FromNs / TimeSpan.NanosecondsPerTick);

    public long Times => Counts.Sum();
}
