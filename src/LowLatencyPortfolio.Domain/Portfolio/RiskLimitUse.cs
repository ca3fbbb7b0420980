namespace LowLatencyPortfolio.Domain;

/// <summary>How much of one limit of the portfolio is used.</summary>
/// <param name="Limit">Which limit, named by the verdict of an order that breaks it.</param>
/// <param name="Subject">The product or group it concerns; <c>portfolio</c> for the whole.</param>
/// <param name="Value">What stands now: quote, or a count of positions.</param>
/// <param name="Allowed">The most allowed, in the same unit.</param>
public readonly record struct RiskLimitUse(RiskVerdict Limit, string Subject, decimal Value, decimal Allowed)
{
    /// <summary>What is left of the limit; negative when it is exceeded.</summary>
    public decimal Headroom => Allowed - Value;

    /// <summary>Share of the limit that is used, percent; 0 when nothing is allowed and nothing stands.</summary>
    public decimal UsedPct => Allowed > 0m ? Value / Allowed * 100m : Value > 0m ? 100m : 0m;

    /// <summary>Whether more stands than is allowed.</summary>
    public bool IsExceeded => Value > Allowed;
}
