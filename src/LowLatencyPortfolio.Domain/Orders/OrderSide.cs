namespace LowLatencyPortfolio.Domain;

/// <summary>Which way an order trades the base currency of its pair.</summary>
public enum OrderSide : byte
{
    /// <summary>Pays quote, receives base. On this spot-only engine a buy opens or adds risk.</summary>
    Buy = 0,

    /// <summary>Pays base, receives quote. On this spot-only engine a sell only ever closes risk.</summary>
    Sell = 1,
}
