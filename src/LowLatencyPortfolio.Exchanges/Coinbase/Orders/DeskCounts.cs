namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The desk's counters; written under its lock.</summary>
internal sealed class DeskCounts
{
    public long Requests;
    public long Lost;
    public long NotAuthorized;
    public long Foreign;
    public long UnknownOwn;
    public long Mismatches;
    public long Malformed;
    public long UserConnects;
    public long UserGaps;
    public long Reconciliations;
    public long FailedQueries;
}
