using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the board keeps of the whole portfolio that does not follow from its rows.</summary>
internal struct BoardHead
{
    public long AtNs;
    public TradingMode Mode;
    public decimal Equity;
    public decimal BreakerBase;
    public EquityBases Bases;

    /// <summary>The venue's word on what can be spent; only with <see cref="HasExternal"/>.</summary>
    public decimal ExternalAvailable;
    public bool HasExternal;
}
