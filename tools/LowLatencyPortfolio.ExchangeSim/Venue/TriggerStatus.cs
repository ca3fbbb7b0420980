namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Where a stop stands; <see cref="NotAStop"/> is INVALID_ORDER_TYPE on the wire.</summary>
public enum TriggerStatus
{
    NotAStop,
    StopPending,
    StopTriggered,
}
