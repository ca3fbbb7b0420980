namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Steps of prices and sizes.</summary>
internal static class Grid
{
    private const decimal MoneyUnit = 0.0000000000000001m;

    public static bool Fits(decimal value, decimal increment) => value % increment == 0;

    /// <summary>
    /// Money on 16 decimals, never less than asked for. Prices times sizes have no more, so what a hold keeps after a
    /// fill paid from it is again on this grid and again enough.
    /// </summary>
    public static decimal MoneyUp(decimal value) => Math.Ceiling(value / MoneyUnit) * MoneyUnit;

    /// <summary>The largest multiple of <paramref name="increment"/> not above <paramref name="value"/>.</summary>
    public static decimal Down(decimal value, decimal increment) => Math.Floor(value / increment) * increment;
}
