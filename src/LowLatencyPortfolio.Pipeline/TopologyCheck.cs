using System.Numerics;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Whether a layout can work on this machine, said before anything starts.</summary>
internal static class TopologyCheck
{
    private const int Stages = 4;

    public static void Require(PipelineOptions options, int pairs)
    {
        if (options.RingCapacity < 2 || !BitOperations.IsPow2(options.RingCapacity))
        {
            throw new ArgumentException($"ringCapacity {options.RingCapacity} must be a power of two, at least 2");
        }

        if (options.MaxBatchSize < 1)
        {
            throw new ArgumentException($"maxBatchSize {options.MaxBatchSize} must be at least 1");
        }

        if (pairs is < 1 or > short.MaxValue)
        {
            throw new ArgumentException($"{pairs} pairs: an engine trades 1 to {short.MaxValue}");
        }

        if (options.Topology == Topology.Staged && options.RequireCores && Environment.ProcessorCount < Stages + 2)
        {
            throw new ArgumentException(
                $"topology staged wants at least {Stages + 2} cores ({Stages} stages and two more); this machine has "
                + $"{Environment.ProcessorCount}: use inline or fused");
        }
    }
}
