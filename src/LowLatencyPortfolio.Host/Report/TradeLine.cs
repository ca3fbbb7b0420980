using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>One position from flat to flat, or to the end of the data, as the report shows it.</summary>
/// <remarks>Prices are quote per base, money is quote, exact; times are ns UTC.</remarks>
internal sealed record TradeLine
{
    /// <summary>The pair.</summary>
    public required string ProductId { get; init; }

    /// <summary>Time of the first fill.</summary>
    public required long OpenedAtNs { get; init; }

    /// <summary>Time of the last fill; null while open.</summary>
    public long? ClosedAtNs { get; init; }

    /// <summary>Base bought since it was opened, above 0.</summary>
    public required decimal Bought { get; init; }

    /// <summary>Base sold since it was opened.</summary>
    public decimal Sold { get; init; }

    /// <summary>All that was paid, fees apart.</summary>
    public required decimal BoughtValue { get; init; }

    /// <summary>All that was received, fees apart.</summary>
    public decimal SoldValue { get; init; }

    /// <summary>Cost of what is still held.</summary>
    public decimal Cost { get; init; }

    /// <summary>Fees of all fills.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Realized so far, fees included.</summary>
    public required decimal Realized { get; init; }

    /// <summary>Highest price since it was opened.</summary>
    public required decimal Highest { get; init; }

    /// <summary>
    /// Of an open trade the trigger of the highest stop that works; of a closed one the last that was decided; null
    /// without one.
    /// </summary>
    public decimal? LastStop { get; init; }

    /// <summary>Times the stop moved up.</summary>
    public int Ratchets { get; init; }

    /// <summary>Why it was closed; <see cref="ExitReason.None"/> while nobody closes it.</summary>
    public ExitReason Reason { get; init; }

    /// <summary>Still held, base.</summary>
    public decimal Held => Bought - Sold;

    /// <summary>Average price of the buys.</summary>
    public decimal EntryPrice => BoughtValue / Bought;

    /// <summary>Average price of the sells; null before the first.</summary>
    public decimal? ExitPrice => Sold > 0m ? SoldValue / Sold : null;

    /// <summary>What a closed trade made before fees.</summary>
    public decimal Gross => SoldValue - BoughtValue;

    /// <summary>What an open position has made before fees when it is marked at a price.</summary>
    /// <param name="mark">Quote per base.</param>
    public decimal GrossAt(decimal mark) => SoldValue + (Held * mark) - BoughtValue;
}
