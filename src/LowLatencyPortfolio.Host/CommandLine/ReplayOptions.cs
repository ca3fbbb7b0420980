using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What stands behind <c>llp replay</c>, nothing looked up yet.</summary>
/// <param name="Recording">File that <c>llp run --record</c> wrote.</param>
/// <param name="Topology">How many threads run the stages.</param>
internal sealed record ReplayOptions(string Recording, Topology Topology);
