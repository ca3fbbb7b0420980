using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Something that happened in an engine, in the units of people.</summary>
/// <remarks>Thread: immutable. Which fields count is said by <see cref="Kind"/>; the others are null or 0.</remarks>
public sealed record EngineEvent
{
    /// <summary>What happened.</summary>
    public required EngineEventKind Kind { get; init; }

    /// <summary>The row of history that says the same; none for a closed position, whose row is another.</summary>
    public HistoryAction Action { get; init; }

    /// <summary>The pair; null for the portfolio.</summary>
    public string? ProductId { get; init; }

    /// <summary>Event time, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Our number of the order; 0 without one. <see cref="TradingEngine.OrderIdOf"/> says how the venue knows one of
    /// this session.
    /// </summary>
    public long OrderSequence { get; init; }

    /// <summary>Number of the position, rising from 1; 0 without one.</summary>
    public long PositionId { get; init; }

    /// <summary>Quote per base; null without one, as for a market order.</summary>
    public decimal? Price { get; init; }

    /// <summary>Base.</summary>
    public decimal Quantity { get; init; }

    /// <summary>What was paid or received, quote, without fees.</summary>
    public decimal Value { get; init; }

    /// <summary>Fees, quote.</summary>
    public decimal Fee { get; init; }

    /// <summary>What a closed position has won or lost, quote, fees included.</summary>
    public decimal Realized { get; init; }

    /// <summary>Which limit refused.</summary>
    public RiskVerdict Verdict { get; init; }

    /// <summary>What the venue gave as its reason.</summary>
    public RejectReason Reason { get; init; }

    /// <summary>Why a position was closed, or why the mode changed.</summary>
    public ExitReason ExitReason { get; init; }

    /// <summary>The trading mode from now on; null where it did not change.</summary>
    public TradingMode? Mode { get; init; }

    /// <summary>What a person is told; null for anything but an alarm and its end.</summary>
    public EngineAlarm? Alarm { get; init; }

    /// <summary>
    /// How many events this listener has missed right before this one, because it did not read them in time.
    /// </summary>
    public long MissedBefore { get; init; }

    /// <summary>One line for a log.</summary>
    /// <returns>Such as <c>BTC-USD: StopMoved 0.5 at 41800</c>; of an alarm its own line.</returns>
    public override string ToString()
    {
        if (Alarm is not null)
        {
            return Alarm.Text;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        StringBuilder line = new StringBuilder(ProductId ?? "portfolio").Append(": ").Append(Kind);
        _ = Kind == EngineEventKind.Rebalanced ? line.Append(' ').Append(Action) : line;
        _ = Mode is { } mode ? line.Append(' ').Append(mode) : line;
        _ = Quantity != 0m ? line.Append(culture, $" {Quantity:0.################}") : line;
        _ = Price is { } price ? line.Append(culture, $" at {price:0.################}") : line;
        _ = Kind == EngineEventKind.PositionClosed ? line.Append(culture, $", realized {Realized:0.00}") : line;
        _ = Verdict is not (RiskVerdict.None or RiskVerdict.Approved) ? line.Append(", ").Append(Verdict) : line;
        _ = Reason != RejectReason.None ? line.Append(", ").Append(Reason) : line;
        _ = ExitReason != ExitReason.None ? line.Append(", ").Append(ExitReason) : line;
        return line.ToString();
    }
}
