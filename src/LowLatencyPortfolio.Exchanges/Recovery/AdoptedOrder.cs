using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges;

/// <summary>An order that the gateway takes over, and what of it the engine has booked already.</summary>
public sealed record AdoptedOrder
{
    /// <summary>The order; its cumulative quantity, value and fees are what was reported of it.</summary>
    public required StoredOrder Order { get; init; }

    /// <summary>The start that made it.</summary>
    public required long Epoch { get; init; }

    /// <summary>
    /// Number in the id under which the venue has it: its own, or that of an order whose place it took by an edit.
    /// </summary>
    public required long ClientSequence { get; init; }

    /// <summary>How the venue showed it; null when it did not.</summary>
    public SeenOrder? Seen { get; init; }

    /// <summary>
    /// A stop, or a sell of all or a part, that the venue did not show and that nothing else stands in for: its
    /// identical request is to be repeated at once, which makes no second order if the first has arrived after all.
    /// </summary>
    public bool IsToRepeat { get; init; }

    /// <summary>What the orders whose place it took by an edit had traded, ring units.</summary>
    public long BaseFilled { get; init; }

    /// <summary>Quote value of <see cref="BaseFilled"/>.</summary>
    public decimal BaseValue { get; init; }

    /// <summary>Fees of <see cref="BaseFilled"/>, quote.</summary>
    public decimal BaseFees { get; init; }
}
