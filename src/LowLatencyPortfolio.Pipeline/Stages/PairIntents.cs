namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the risk gate remembers of a pair's newest entries.</summary>
internal struct PairIntents
{
    public int NextIntent;
    public int NextEntryTime;
    public RecentIntents Recent;
}
