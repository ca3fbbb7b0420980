using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>How the portfolio stands; money in the quote currency.</summary>
public struct PortfolioFigures
{
    /// <summary>Event time of the figures, ns UTC; 0 before the first.</summary>
    public long AtNs;

    /// <summary>What the engine may do.</summary>
    public TradingMode Mode;

    /// <summary>E: capital and all profit and loss.</summary>
    public decimal Equity;

    /// <summary>Cost of what is held.</summary>
    public decimal Deployed;

    /// <summary>What buys on their way may need.</summary>
    public decimal Reserved;

    /// <summary>What may still be spent.</summary>
    public decimal Available;

    /// <summary>Realized, fees included.</summary>
    public decimal Realized;

    /// <summary>Unrealized at the newest accepted prices.</summary>
    public decimal Unrealized;

    /// <summary>Fees paid.</summary>
    public decimal Fees;

    /// <summary>What the emergency loss limit is a percentage of.</summary>
    public decimal BreakerBase;

    /// <summary>What equity is measured against, the largest fall from its peak among it.</summary>
    public EquityBases Bases;

    /// <summary>The N largest market values together, percent of the capital.</summary>
    public decimal ConcentrationPct;

    /// <summary>Trades closed.</summary>
    public long ClosedPositions;

    /// <summary>Trades closed with a gain, fees included.</summary>
    public long WonPositions;

    /// <summary>Pairs with a position that is more than dust.</summary>
    public int ActivePositions;
}
