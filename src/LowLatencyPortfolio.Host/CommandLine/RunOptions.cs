using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What stands behind <c>llp run</c>, nothing looked up yet.</summary>
/// <param name="Ticks">Files and folders of market data; empty takes the bundled sample.</param>
/// <param name="Entries">Scripted entries; null takes the sample's with the sample's ticks, and none with
/// others.</param>
/// <param name="Config">Configuration; null takes the sample's with the sample's ticks, and the defaults with
/// others.</param>
/// <param name="Database">Database to keep and continue; null makes a fresh one in the temporary folder.</param>
/// <param name="Topology">How many threads run the stages.</param>
/// <param name="Json">File for the result, <c>-</c> for standard output, null for none.</param>
/// <param name="Recapitalize">Whether the database may take another total capital than it was made with.</param>
internal sealed record RunOptions(
    IReadOnlyList<string> Ticks,
    string? Entries,
    string? Config,
    string? Database,
    Topology Topology,
    string? Json,
    bool Recapitalize)
{
    /// <summary>File for the recording; null for none.</summary>
    public string? Record { get; init; }

    /// <summary>Whether <see cref="Topology"/> was asked for, and is not just the default of a replay.</summary>
    public bool TopologyGiven { get; init; }

    /// <summary><c>coinbase</c> or <c>replay:FILE</c>; null replays ticks.</summary>
    public string? Feed { get; init; }

    /// <summary><c>market_trades</c> or <c>matches</c>; null is market_trades.</summary>
    public string? Source { get; init; }

    /// <summary><c>paper</c> or <c>coinbase</c>; null is paper.</summary>
    public string? Gateway { get; init; }

    /// <summary>File with the venue's addresses; null for the real ones.</summary>
    public string? Endpoints { get; init; }

    /// <summary>File with the API key; null for the environment.</summary>
    public string? KeyFile { get; init; }

    /// <summary><c>blocking</c> or <c>busy</c>; null is blocking.</summary>
    public string? Poll { get; init; }

    /// <summary>Whether entries are found by signals, and none are scripted.</summary>
    public bool Signals { get; init; }

    /// <summary>Whether real money is meant.</summary>
    public bool Live { get; init; }

    /// <summary>How long a live run lasts, seconds, as written; null until it is stopped.</summary>
    public string? Seconds { get; init; }

    /// <summary><c>report</c> to compare and end; null to run.</summary>
    public string? Reconcile { get; init; }

    /// <summary>Whether the JSON result goes to standard output, and the report to standard error.</summary>
    public bool JsonToOutput => Json == "-";
}
