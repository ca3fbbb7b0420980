using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What to measure.</summary>
/// <param name="Rate">Ticks a second.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Pairs">Pairs, all of them held.</param>
/// <param name="Topology">Which threads run the stages.</param>
/// <param name="Wait">How they wait.</param>
internal sealed record LatencyOptions(int Rate, int Seconds, int Pairs, Topology Topology, WaitMode Wait)
{
    public int Ticks => Rate * Seconds;
}
