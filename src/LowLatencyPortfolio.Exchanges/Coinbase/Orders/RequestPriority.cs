namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Who goes first when not everybody can: the lower number.</summary>
internal enum RequestPriority
{
    /// <summary>Sells that close a position, and finding out what became of one.</summary>
    Exit = 0,

    /// <summary>Stops placed and moved.</summary>
    Stop = 1,

    /// <summary>Cancels.</summary>
    Cancel = 2,

    /// <summary>Orders that open risk.</summary>
    Entry = 3,

    /// <summary>Questions.</summary>
    Query = 4,
}
