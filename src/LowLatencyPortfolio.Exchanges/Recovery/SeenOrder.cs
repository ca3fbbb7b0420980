using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges;

/// <summary>One of our orders as the venue shows it. Quantities base, prices, values and fees quote.</summary>
public sealed record SeenOrder
{
    /// <summary>The id it was placed with.</summary>
    public required string ClientOrderId { get; init; }

    /// <summary>The venue's own id; empty when it has none.</summary>
    public string VenueId { get; init; } = string.Empty;

    /// <summary>The venue's name of the product.</summary>
    public required string ProductId { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>Limit, market or stop-limit.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Whether it may still trade.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>A stop whose trigger was reached.</summary>
    public bool IsTriggered { get; init; }

    /// <summary>Total quantity.</summary>
    public required decimal Size { get; init; }

    /// <summary>Limit; 0 for a market order.</summary>
    public decimal LimitPrice { get; init; }

    /// <summary>Trigger; 0 without one.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>Traded so far.</summary>
    public decimal FilledSize { get; init; }

    /// <summary>Quote value of what traded.</summary>
    public decimal FilledValue { get; init; }

    /// <summary>Fees of what traded.</summary>
    public decimal Fees { get; init; }

    /// <summary>
    /// Its newest trades as far as they were listed, oldest first; they may be fewer than <see cref="FilledSize"/>.
    /// </summary>
    public IReadOnlyList<SeenFill> Fills { get; init; } = [];

    /// <summary>No list of orders shows it: it was asked for because a fill names it.</summary>
    public bool IsInNoList { get; init; }

    /// <summary>When it was made, ns UTC; 0 when the venue does not say.</summary>
    public long CreatedAtNs { get; init; }

    /// <summary>Whether the last part of what it traded made or took.</summary>
    /// <param name="size">How much, base, above 0.</param>
    /// <returns>None where fills of that part are not listed, differ, or do not say.</returns>
    public Liquidity LiquidityOfLast(decimal size)
    {
        Liquidity common = Liquidity.None;
        for (int i = Fills.Count - 1; i >= 0; i--)
        {
            common = i == Fills.Count - 1 || common == Fills[i].Liquidity ? Fills[i].Liquidity : Liquidity.None;
            size -= Fills[i].Size;
            if (common == Liquidity.None || size <= 0m)
            {
                return common;
            }
        }

        return Liquidity.None;
    }
}
