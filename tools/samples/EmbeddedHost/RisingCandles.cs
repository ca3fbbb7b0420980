using LowLatencyPortfolio.Signals;

namespace EmbeddedHost;

/// <summary>Signals of our own: a pair is entered after two candles that rose.</summary>
/// <remarks>Asked about all pairs at once at every close; it keeps no state.</remarks>
internal sealed class RisingCandles : ISignalGenerator
{
    public ValueTask<EntrySignal> GenerateAsync(
        string productId, MarketSnapshot snapshot, CancellationToken cancellationToken)
    {
        bool rises = snapshot.Candles is [.., { } before, { } newest] && newest.Close > before.Close;
        return ValueTask.FromResult(new EntrySignal
        {
            ProductId = productId,
            ShouldEnter = rises && snapshot.Held == 0m,
            Confidence = 0.5m,
            Reason = rises ? "the last two candles rose" : "it does not rise",
        });
    }
}
