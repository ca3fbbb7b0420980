namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What one run gave; all ns.</summary>
/// <param name="Wire">The engine.</param>
/// <param name="Echo">A bare socket that answers with bytes made before, in turns with the engine.</param>
/// <param name="Parsed">Whole frame read to tick published.</param>
/// <param name="Decided">Tick published to order handed to the sink.</param>
/// <param name="Written">Order handed to the sink to its request written.</param>
/// <param name="FrameBytes">Length of a ticker on the socket.</param>
/// <param name="RequestBytes">Length of the last order on the socket.</param>
/// <param name="AllocatedBytes">By the polling thread in the engine's measured turns.</param>
/// <param name="Window">What the process went through meanwhile.</param>
internal sealed record WireResult(
    WireSide Wire, WireSide Echo, Percentiles Parsed, Percentiles Decided, Percentiles Written, int FrameBytes,
    int RequestBytes, long AllocatedBytes, ProcessWatch Window)
{
    /// <summary>The engine's median beside the echo's, as the exchange saw them.</summary>
    public double Ratio => (double)Wire.Exchange.P50 / Echo.Exchange.P50;
}
