using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace MultiPairDemo;

/// <summary>
/// A signal generator of our own: some pairs are entered by the engine's votes, the others when they close above the
/// highest price of the last four hours.
/// </summary>
/// <remarks>Asked for all pairs at once, from several threads: it keeps no state, all it needs is in the
/// snapshot.</remarks>
internal sealed class DemoSignals : ISignalGenerator
{
    private const int Candles = 48;
    private static readonly string[] ByBreakout = ["BTC-USD", "ETH-USD", "LINK-USD"];
    private readonly ConfirmationGenerator _votes = new(DemoPortfolio.Votes, DemoPortfolio.Pairs);

    public ValueTask<EntrySignal> GenerateAsync(
        string productId, MarketSnapshot snapshot, CancellationToken cancellationToken) =>
        ByBreakout.Contains(productId)
            ? ValueTask.FromResult(Breakout(productId, snapshot))
            : _votes.GenerateAsync(productId, snapshot, cancellationToken);

    private static EntrySignal Breakout(string productId, MarketSnapshot snapshot)
    {
        if (snapshot.Held > 0m || snapshot.Candles.Count <= Candles)
        {
            return new EntrySignal { ProductId = productId, Reason = "held, or too few candles" };
        }

        decimal close = snapshot.Candles[^1].Close;
        decimal high = 0m;
        for (int i = snapshot.Candles.Count - 1 - Candles; i < snapshot.Candles.Count - 1; i++)
        {
            high = Math.Max(high, snapshot.Candles[i].High);
        }

        ProductSpec product = DemoPortfolio.Pairs.Single(pair => pair.Config.ProductId == productId).Product;
        return new EntrySignal
        {
            ProductId = productId,
            ShouldEnter = close > high,
            Confidence = 0.5m,
            LimitPrice = product.RoundPriceDown(close * 1.002m),
            Reason = string.Create(CultureInfo.InvariantCulture, $"close {close}, high of four hours {high}"),
        };
    }
}
