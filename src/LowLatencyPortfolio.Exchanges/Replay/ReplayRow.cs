namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>One good row in ring units. A trade has its price in <see cref="Close"/> and its size in
/// <see cref="Volume"/>.</summary>
internal struct ReplayRow
{
    public long TimeNs;
    public long TradeKey;
    public long Open;
    public long High;
    public long Low;
    public long Close;
    public long Volume;
}
