namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>An order's status with the venue's meanings. Filled, Cancelled, Expired and Failed are final.</summary>
public enum OrderStatus
{
    Pending,
    Open,
    CancelQueued,
    EditQueued,
    Filled,
    Cancelled,
    Expired,
    Failed,
}
