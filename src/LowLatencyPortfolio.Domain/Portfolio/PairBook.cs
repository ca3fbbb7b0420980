namespace LowLatencyPortfolio.Domain;

/// <summary>All that the portfolio keeps of one pair.</summary>
internal struct PairBook
{
    public PairConfig Config;
    public ProductSpec Product;
    public PositionLedger Ledger;
    public decimal Mark;
    public decimal WorkingExposure;
    public decimal Reserved;
    public decimal Buying;
    public string? GroupName;
    public int Group;
    public int MeasuredGroup;
    public bool Exiting;

    public readonly decimal MarketValue => Ledger.Quantity * Mark;

    public readonly decimal Exposure => MarketValue + WorkingExposure;

    public readonly bool IsOpen => !Product.IsTooSmallToSell(Ledger.Quantity, Mark);

    public readonly bool HasExposure => WorkingExposure > 0m || IsOpen;
}
