namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What to measure.</summary>
/// <param name="Rate">Ticks a second.</param>
/// <param name="Ticks">Measured ticks of the engine, and as many exchanges of the echo.</param>
/// <param name="WarmUp">Ticks before them, of each, as fast as they go.</param>
/// <param name="Sim">The simulator's <c>exchange-sim.dll</c>.</param>
internal sealed record WireOptions(int Rate, int Ticks, int WarmUp, string Sim);
