namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Prices of one bucket; <paramref name="StartSeconds"/> is Unix seconds.</summary>
public readonly record struct Candle(
    long StartSeconds, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);
