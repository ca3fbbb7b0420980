using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>Where the entries of a replay come from when nobody scripted them.</summary>
/// <param name="Options">Candles and entry rules.</param>
/// <param name="Generator">Makes the generator for the pairs of the run; called once a run.</param>
/// <param name="Identity">
/// What the generator is and how it is set, in words: two replays are the same only if this is the same.
/// </param>
public sealed record SignalSource(
    SignalOptions Options, Func<IReadOnlyList<PairSetup>, ISignalGenerator> Generator, string Identity);
