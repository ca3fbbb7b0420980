using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>One of our orders as it was written down, or as the venue has it. Ring units.</summary>
public sealed record StoredOrder
{
    /// <summary>Our number.</summary>
    public required long Sequence { get; init; }

    /// <summary>Index of the pair.</summary>
    public required int Product { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Limit, market or stop-limit.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Why it was made.</summary>
    public required OrderPurpose Purpose { get; init; }

    /// <summary>Where it stood; one that was not answered yet is unknown until the venue is asked.</summary>
    public required OrderState State { get; init; }

    /// <summary>Limit; 0 for a market order.</summary>
    public long Limit { get; init; }

    /// <summary>Trigger; 0 without one.</summary>
    public long Trigger { get; init; }

    /// <summary>Total quantity.</summary>
    public required long Quantity { get; init; }

    /// <summary>Filled quantity that the position already counts.</summary>
    public long Cumulative { get; init; }

    /// <summary>Quote value of <see cref="Cumulative"/>.</summary>
    public decimal FilledValue { get; init; }

    /// <summary>Fees of <see cref="Cumulative"/>, quote.</summary>
    public decimal Fees { get; init; }

    /// <summary>When it was decided, ns UTC.</summary>
    public long CreatedAtNs { get; init; }

    /// <summary>Position it belongs to; 0 before one exists.</summary>
    public long PositionId { get; init; }

    /// <summary>Whether it may belong to a position of its pair.</summary>
    /// <param name="positionId">Number of the position; 0 before one exists.</param>
    /// <returns>True too when the number of either was never written down.</returns>
    public bool IsOfPosition(long positionId) => PositionId == positionId || PositionId == 0 || positionId == 0;
}
