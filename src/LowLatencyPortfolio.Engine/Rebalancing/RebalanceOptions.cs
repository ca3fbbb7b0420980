using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Engine;

/// <summary>When a portfolio is looked at for a rebalance, by which strategy, and whether orders follow.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record RebalanceOptions
{
    private const int MostMinutes = 7 * 24 * 60;
    private const int MostIntervals = 10_000;
    private const decimal MostBps = 1_000m;

    /// <summary>Where the targets come from, and how far off a position is left alone.</summary>
    public RebalanceStrategy Strategy { get; init; } = new();

    /// <summary>Whether what is recommended is also ordered; off, nothing is sent.</summary>
    public bool Orders { get; init; }

    /// <summary>
    /// How often it is looked, minutes in [1, 10,080]; a multiple of that since the Unix epoch, in event time. Also
    /// what volatilities are measured over.
    /// </summary>
    public int IntervalMinutes { get; init; } = 60;

    /// <summary>Whole intervals a pair is left alone after it was asked to trade, in [0, 10,000].</summary>
    public int CooldownIntervals { get; init; } = 1;

    /// <summary>
    /// How far below the last price an increase bids, basis points in [0, 1,000], rounded down to the increment. A bid
    /// that is not filled is cancelled after <see cref="PairConfig.MaxEntryWaitCandles"/>.
    /// </summary>
    public decimal EntryOffsetBps { get; init; }

    /// <summary>What readers of the database are told.</summary>
    internal RebalanceRow Row => new(Strategy, Orders, IntervalMinutes, CooldownIntervals);

    internal long IntervalNs => IntervalMinutes * 60L * 1_000_000_000;

    /// <summary>
    /// What <see cref="PairConfig.MaxEntryWaitCandles"/> counts in: candles, or where none are built the intervals of
    /// rebalances that order. A bid that the price has left would keep its capital, and its pair from being reduced.
    /// </summary>
    /// <returns>Seconds; 0 where entries wait as long as they are let.</returns>
    internal static int EntryCandleSeconds(SignalOptions? signals, RebalanceOptions? rebalance) =>
        signals?.Confirmation.CandleSeconds ?? (rebalance is { Orders: true } ? rebalance.IntervalMinutes * 60 : 0);

    /// <summary>
    /// The same for a live engine, where anybody may ask for a rebalance by hand: intervals always count.
    /// </summary>
    /// <returns>Seconds, above 0.</returns>
    internal static int LiveEntryCandleSeconds(SignalOptions? signals, RebalanceOptions? rebalance) =>
        EntryCandleSeconds(signals, (rebalance ?? new RebalanceOptions()) with { Orders = true });

    /// <summary>Looks at everything.</summary>
    /// <returns>All faults, each beginning with <c>rebalance</c>; empty when they can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Check()
    {
        List<ConfigurationFault> faults = [.. Strategy.Faults()];
        Require("intervalMinutes", IntervalMinutes, 1, MostMinutes);
        Require("cooldownIntervals", CooldownIntervals, 0, MostIntervals);
        Require("entryOffsetBps", EntryOffsetBps, 0m, MostBps);
        return faults;

        void Require(string member, decimal value, decimal least, decimal most)
        {
            if (value < least || value > most)
            {
                faults.Add(new ConfigurationFault(
                    $"rebalance.{member}", value.ToString(CultureInfo.InvariantCulture),
                    string.Create(CultureInfo.InvariantCulture, $"{least} to {most}")));
            }
        }
    }
}
