using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>One pair as a database has it. Money in quote currency, times ns UTC.</summary>
public sealed record PairPicture
{
    /// <summary>Index in <see cref="PortfolioPicture.Book"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Grid and minimum sizes.</summary>
    public required ProductSpec Product { get; init; }

    /// <summary>Trading and protection.</summary>
    public required PairConfig Config { get; init; }

    /// <summary>Its positions, oldest first.</summary>
    public required IReadOnlyList<PositionRow> Positions { get; init; }

    /// <summary>
    /// Price it is valued at: the stored one, else the entry price of what is held; null without both.
    /// </summary>
    public required decimal? Mark { get; init; }

    /// <summary>When the stored price was the newest; null where none is stored.</summary>
    public required long? MarkKnownAtNs { get; init; }

    /// <summary>What it made and by what.</summary>
    public required PairAccount Account { get; init; }

    /// <summary>The position that is held; null when flat.</summary>
    public PositionRow? Open => Positions.Count > 0 && Positions[^1].Quantity > 0m ? Positions[^1] : null;

    /// <summary>Base held.</summary>
    public decimal Held => Open?.Quantity ?? 0m;

    /// <summary>Base that buys which are not finished have not bought yet.</summary>
    public required decimal Buying { get; init; }

    /// <summary>Held at <see cref="Mark"/>.</summary>
    public decimal MarketValue => Held * (Mark ?? 0m);

    /// <summary>Its stops that the venue is known to have; highest trigger first.</summary>
    public required IReadOnlyList<OrderRow> Stops { get; init; }

    /// <summary>
    /// Highest trigger of the stops that work; null without a position or such a stop. The position's own row keeps the
    /// newest trigger also when its stop has ended.
    /// </summary>
    public decimal? StopTrigger => Open is null || Stops.Count == 0 ? null : Stops[0].Trigger;

    /// <summary>Base that is held and that no working stop would sell.</summary>
    public decimal UncoveredQuantity => Risk.Uncovered;

    /// <summary>
    /// Fall of the price, percent of it, that reaches <see cref="StopTrigger"/>; negative when it is past it; null
    /// without one.
    /// </summary>
    public decimal? StopDistancePct =>
        StopTrigger is { } trigger && Mark is > 0m and var mark ? (mark - trigger) / mark * 100m : null;

    /// <summary>The position and what of it its stops would sell.</summary>
    public HeldRisk Risk => Stops.Aggregate(
        new HeldRisk(Held, Mark ?? 0m),
        (risk, stop) => risk.CoveredBy(stop.Quantity - stop.FilledQuantity, stop.Trigger ?? 0m));
}
