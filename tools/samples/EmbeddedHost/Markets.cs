using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace EmbeddedHost;

/// <summary>What this host trades, in the ordinal order of the ids: that of the engine's pair indices.</summary>
internal static class Markets
{
    public static readonly ConfirmationSettings Candles = new() { CandleSeconds = 1 };

    public static readonly ProductSpec[] Products =
    [
        new("BTC-USD", priceIncrement: 0.01m, quantityIncrement: 0.00000001m),
        new("ETH-USD", priceIncrement: 0.01m, quantityIncrement: 0.00000001m),
        new("SOL-USD", priceIncrement: 0.01m, quantityIncrement: 0.001m),
    ];
}
