namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The order configurations of Coinbase spot; each name is the wire key in words.</summary>
public enum OrderKind
{
    MarketIoc,
    SorLimitIoc,
    LimitGtc,
    LimitGtd,
    LimitFok,
    StopLimitGtc,
    StopLimitGtd,
    TriggerBracketGtc,
    TriggerBracketGtd,
    TwapLimitGtd,
    ScaledLimitGtc,

    /// <summary>A configuration the venue knows and refuses on spot: market_market_fok.</summary>
    Unsupported,
}
