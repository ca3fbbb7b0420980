namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>Whom a request is open to.</summary>
internal enum Access
{
    /// <summary>Everybody, unsigned.</summary>
    Public = 0,

    /// <summary>The key.</summary>
    View = 1,

    /// <summary>The key, if it may trade.</summary>
    Trade = 2,
}
