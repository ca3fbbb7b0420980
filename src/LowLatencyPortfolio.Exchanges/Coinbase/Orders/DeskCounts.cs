namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The desk's counters; written under its lock.</summary>
internal sealed class DeskCounts
{
    public long Requests;
    public long Creates;
    public long Cancels;
    public long Edits;
    public long HandedBack;
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

    /// <summary>A request about an order was answered, or its answer is lost.</summary>
    public void AddRequest(WireAction action)
    {
        Requests++;
        Creates += action == WireAction.Create ? 1 : 0;
        Cancels += action == WireAction.Cancel ? 1 : 0;
        Edits += action is WireAction.Edit or WireAction.EditPreview ? 1 : 0;
    }
}
