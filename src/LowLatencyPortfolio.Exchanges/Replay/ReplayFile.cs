namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>One file of recorded data as the scan found it.</summary>
/// <param name="Path">As it was given, or found in a folder.</param>
/// <param name="ProductId">From its name.</param>
/// <param name="Kind">Trades or bars.</param>
/// <param name="IntervalNs">Length of a bar, ns; 0 for trades.</param>
/// <param name="FirstTimeNs">Time of the first good row, ns UTC.</param>
/// <param name="LastTimeNs">Time of the last good row, ns UTC; a bar's start.</param>
/// <param name="Rows">Rows, bad ones included.</param>
/// <param name="BadRows">Rows that will not be played.</param>
public sealed record ReplayFile(
    string Path, string ProductId, ReplayKind Kind, long IntervalNs, long FirstTimeNs, long LastTimeNs,
    long Rows, long BadRows)
{
    /// <summary>The first moment after the file's data, ns UTC.</summary>
    public long EndTimeNs => LastTimeNs + Math.Max(1, IntervalNs);

    /// <summary>The interval for a person.</summary>
    public string Interval => Kind == ReplayKind.Ticks ? "trade ticks" : ReplayFileName.Describe(IntervalNs) + " bars";

    /// <summary>Line and reason of the first bad row; empty without one.</summary>
    internal string FirstBadRow { get; init; } = string.Empty;

    internal int PriceDecimals { get; init; }

    internal int QuantityDecimals { get; init; }

    internal byte[] ContentHash { get; init; } = [];
}
