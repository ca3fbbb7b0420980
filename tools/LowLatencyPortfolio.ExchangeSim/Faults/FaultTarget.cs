namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>What a fault strikes. REST targets count requests, socket targets count outgoing messages.</summary>
internal enum FaultTarget
{
    /// <summary>POST /orders.</summary>
    Create = 0,

    /// <summary>POST /orders/batch_cancel.</summary>
    Cancel = 1,

    /// <summary>POST /orders/edit.</summary>
    Edit = 2,

    /// <summary>Every other REST request, previews included.</summary>
    Query = 3,

    /// <summary>Messages of the public channels, heartbeats included, on either endpoint.</summary>
    MarketSocket = 4,

    /// <summary>Messages of the user channel, on either endpoint.</summary>
    UserSocket = 5,
}
