using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What every candidate of one measurement is built from.</summary>
internal sealed record LabSetup(PairSetup[] Pairs, PortfolioConfig Config, PipelineOptions Pipeline);
