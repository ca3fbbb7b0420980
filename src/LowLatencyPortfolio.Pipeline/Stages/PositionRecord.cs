using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What Dispatch keeps of a pair's position to write its row.</summary>
internal struct PositionRecord
{
    public PositionLedger Ledger;
    public long Id;
    public long Held;
    public long BoughtQuantity;
    public long SoldQuantity;
    public long Trigger;
    public long Highest;
    public long ExitPrice;
    public long OpenedAtNs;
    public int Ratchets;
    public StopState State;
    public ExitReason Reason;

    /// <summary>It was said that an order of somebody else holds coins of it.</summary>
    public bool IsContested;

    /// <summary>A reduction has begun and its sell has not left: how much it is to sell, ring units.</summary>
    public long Reducing;
}
