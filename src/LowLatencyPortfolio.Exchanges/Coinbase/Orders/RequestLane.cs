namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Who waits together when the venue says that it was asked too often.</summary>
internal enum RequestLane
{
    /// <summary>Sells that close a position, and the cancels that make room for them.</summary>
    Exits = 0,

    /// <summary>All other requests about orders.</summary>
    Orders = 1,

    /// <summary>Questions, also those that find out what became of a sell.</summary>
    Questions = 2,
}
