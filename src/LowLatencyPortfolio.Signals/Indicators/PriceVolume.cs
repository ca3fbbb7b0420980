namespace LowLatencyPortfolio.Signals;

/// <summary>Sum of price × volume, and of the volume.</summary>
internal readonly record struct PriceVolume(double Value, double Volume) : IMergeable<PriceVolume>
{
    /// <summary>The volume-weighted price; null when nothing traded.</summary>
    public double? Price => Volume > 0 ? Value / Volume : null;

    public static PriceVolume Of(in CandleValues candle)
    {
        double price = (Plausible.Price(candle.High) + Plausible.Price(candle.Low) + Plausible.Price(candle.Close)) / 3;
        return new PriceVolume(price * Plausible.Quantity(candle.Volume), candle.Volume);
    }

    public static PriceVolume Merge(in PriceVolume older, in PriceVolume newer) =>
        new(older.Value + newer.Value, older.Volume + newer.Volume);
}
