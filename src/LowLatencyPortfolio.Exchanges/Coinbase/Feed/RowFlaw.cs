namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Why a trade that is well formed cannot be said in the ring's units.</summary>
internal enum RowFlaw : byte
{
    None = 0,

    /// <summary>Price or size has digits finer than the unit, or needs more than 64 bits.</summary>
    OffUnit = 1,

    /// <summary>Price or size is 0.</summary>
    Zero = 2,
}
