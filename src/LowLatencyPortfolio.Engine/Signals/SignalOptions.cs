using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>How an engine builds candles and when it lets signals enter.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record SignalOptions
{
    private const int SecondsADay = 86_400;
    private const int MostCandles = 10_000;
    private const int MostDelayMs = 60_000;

    /// <summary>Candles, indicators and votes; candles are of 1 to 86,400 seconds here.</summary>
    public ConfirmationSettings Confirmation { get; init; } = new();

    /// <summary>
    /// Whole candles that have to pass after a pair has sold before a signal may enter it again, in [0, 10,000]; 0 lets
    /// it enter at the next close.
    /// </summary>
    public int CooldownCandles { get; init; } = 3;

    /// <summary>
    /// Live: how long after its end a candle stays open for trades that are still on their way, ms in [0, 60,000]. A
    /// replay has no such delay.
    /// </summary>
    public int CloseDelayMs { get; init; } = 500;

    /// <summary>
    /// How correlations are measured and groups made of them, by which the risk gate also holds <see
    /// cref="PortfolioConfig.MaxCorrelatedExposurePct"/>; null measures nothing.
    /// </summary>
    public CorrelationOptions? Correlation { get; init; } = new();

    /// <summary>
    /// Live: whether the engine asks the generator at each close and submits what it proposes. False leaves both to the
    /// caller, at moments of its own (<see cref="MultiPairOrchestrator.CheckAllEntriesAsync"/>, <see
    /// cref="MultiPairOrchestrator.SubmitCoordinatedEntriesAsync(IReadOnlyList{EntrySignal}, int,
    /// CancellationToken)"/>), and with them the cool-down; candles, indicators
    /// and votes are reckoned all the same. A replay has no such caller and asks always.
    /// </summary>
    public bool AskAtClose { get; init; } = true;

    /// <summary>
    /// The fused model, off unless it is enabled: what it says at each close is in <see
    /// cref="MarketSnapshot.RiseProbability"/>, what it learns is kept in the database as versions.
    /// </summary>
    public FusionSettings Fusion { get; init; } = new();

    /// <summary>Looks at everything.</summary>
    /// <param name="path">
    /// Where the options stand; each fault begins with it, but those of <see cref="Correlation"/> with
    /// <c>correlation</c>.
    /// </param>
    /// <returns>All faults; empty when they can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Check(string path = "signals")
    {
        List<ConfigurationFault> faults = [.. Confirmation.Check(path)];
        if (Confirmation.CandleSeconds > SecondsADay)
        {
            Require($"{path}.candleSeconds", Confirmation.CandleSeconds, 1, SecondsADay);
        }

        Require($"{path}.cooldownCandles", CooldownCandles, 0, MostCandles);
        Require($"{path}.closeDelayMs", CloseDelayMs, 0, MostDelayMs);
        faults.AddRange(Correlation?.Faults() ?? []);
        faults.AddRange(Fusion.Check($"{path}.fusion"));
        return faults;

        void Require(string member, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                string text = value.ToString(CultureInfo.InvariantCulture);
                faults.Add(new ConfigurationFault(
                    member, text, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}")));
            }
        }
    }

    // The text of the options is part of a replay's identity and of a stored state: what stands as by default is not in
    // it, so that what was stored before there was a choice goes on.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(
            CultureInfo.InvariantCulture,
            $"Confirmation = {Confirmation}, CooldownCandles = {CooldownCandles}, CloseDelayMs = {CloseDelayMs}");
        if (Correlation is not null)
        {
            builder.Append(CultureInfo.InvariantCulture, $", Correlation = {Correlation}");
        }

        if (!AskAtClose)
        {
            builder.Append(CultureInfo.InvariantCulture, $", AskAtClose = {AskAtClose}");
        }

        if (Fusion.Enabled)
        {
            builder.Append(CultureInfo.InvariantCulture, $", Fusion = {Fusion}");
        }

        return true;
    }
}
