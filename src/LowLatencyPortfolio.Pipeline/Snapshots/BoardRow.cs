namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the board keeps of one pair between two rewrites: facts only, a reader computes the rest.</summary>
internal struct BoardRow
{
    public long Held;
    public long Buying;
    public long StopTrigger;
    public StopCover Cover;
    public decimal Cost;
    public decimal Realized;
    public decimal Fees;
    public decimal WorkingExposure;
    public decimal Reserved;
    public long ClosedTrades;
    public long WonTrades;
    public bool Exiting;
}
