using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>How candles are made, what is reckoned from them, and what confirms an entry.</summary>
/// <remarks>Thread: immutable. How many votes a pair needs is <see cref="PairConfig.EntryConfirmationLevel"/>.</remarks>
public sealed record ConfirmationSettings
{
    private const int MostPeriod = 1_000;
    private const int MostHistory = 10_000;
    private const decimal MostOffsetBps = 1_000m;
    private const decimal MostAtrFraction = 10m;
    private const decimal MostWidth = 10m;

    /// <summary>Length of a candle, seconds, at least 1.</summary>
    public int CandleSeconds { get; init; } = 300;

    /// <summary>Closed candles a snapshot shows, 1 to 10,000.</summary>
    public int HistoryCandles { get; init; } = 50;

    /// <summary>Period of the RSI, candles, 1 to 1,000.</summary>
    public int RsiPeriod { get; init; } = 14;

    /// <summary>The RSI votes when it rises through this level, above 0, below 100.</summary>
    public decimal RsiLevel { get; init; } = 30m;

    /// <summary>Fast period of the MACD, candles, 1 to 1,000.</summary>
    public int MacdFast { get; init; } = 12;

    /// <summary>Slow period of the MACD, candles, above <see cref="MacdFast"/> to 1,000.</summary>
    public int MacdSlow { get; init; } = 26;

    /// <summary>Period of the MACD's signal line, candles, 1 to 1,000.</summary>
    public int MacdSignal { get; init; } = 9;

    /// <summary>Period of the average true range, candles, 1 to 1,000.</summary>
    public int AtrPeriod { get; init; } = 14;

    /// <summary>
    /// Window of the averages, bands, volatility and rolling VWAP that are shown and do not vote, candles, 2 to 1,000.
    /// </summary>
    public int WindowCandles { get; init; } = 20;

    /// <summary>Distance of the Bollinger bands from their middle, standard deviations, above 0 to 10.</summary>
    public decimal BollingerWidth { get; init; } = 2m;

    /// <summary>Candles a vote stands, the one that cast it included, 1 to 1,000.</summary>
    public int ConfirmationWindow { get; init; } = 3;

    /// <summary>How the limit of an entry is found.</summary>
    public EntryPriceMode EntryPrice { get; init; } = EntryPriceMode.Last;

    /// <summary>Distance below the close with <see cref="EntryPriceMode.BidOffset"/>, basis points, 0 to 1,000.</summary>
    public decimal EntryOffsetBps { get; init; } = 5m;

    /// <summary>Share of the ATR below the close with <see cref="EntryPriceMode.AtrFraction"/>, 0 to 10.</summary>
    public decimal EntryAtrFraction { get; init; } = 0.5m;

    /// <summary>Candles after which every vote can be cast.</summary>
    public int WarmUpCandles => Math.Max(RsiPeriod + 2, MacdSlow + MacdSignal);

    /// <summary>Looks at everything.</summary>
    /// <param name="path">Where the settings stand, such as <c>signals</c>; each fault begins with it.</param>
    /// <returns>All faults, in the order of the settings; empty when they can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Check(string path = "signals")
    {
        FaultList faults = new();
        faults.Count($"{path}.candleSeconds", CandleSeconds);
        faults.Count($"{path}.historyCandles", HistoryCandles, MostHistory);
        faults.Count($"{path}.rsiPeriod", RsiPeriod, MostPeriod);
        if (RsiLevel is <= 0m or >= 100m)
        {
            faults.Add($"{path}.rsiLevel", FaultList.Text(RsiLevel), "above 0, below 100");
        }

        faults.Count($"{path}.macdFast", MacdFast, MostPeriod);
        if (MacdSlow <= MacdFast || MacdSlow is < 2 or > MostPeriod)
        {
            faults.Add($"{path}.macdSlow", FaultList.Text(MacdSlow), $"above macdFast, at most {MostPeriod}");
        }

        faults.Count($"{path}.macdSignal", MacdSignal, MostPeriod);
        faults.Count($"{path}.atrPeriod", AtrPeriod, MostPeriod);
        if (WindowCandles is < 2 or > MostPeriod)
        {
            faults.Add($"{path}.windowCandles", FaultList.Text(WindowCandles), $"2 to {MostPeriod}");
        }

        if (BollingerWidth is <= 0m or > MostWidth)
        {
            faults.Add($"{path}.bollingerWidth", FaultList.Text(BollingerWidth), $"above 0, at most {MostWidth}");
        }

        faults.Count($"{path}.confirmationWindow", ConfirmationWindow, MostPeriod);
        CheckPrice(path, faults);
        return faults.Faults;
    }

    /// <summary>Refuses settings with faults.</summary>
    /// <exception cref="ConfigurationException">There are faults; the message names all of them.</exception>
    public void ThrowIfFaulty()
    {
        if (Check() is { Count: > 0 } faults)
        {
            throw new ConfigurationException(faults);
        }
    }

    private void CheckPrice(string path, FaultList faults)
    {
        if (!Enum.IsDefined(EntryPrice))
        {
            faults.Add($"{path}.entryPrice", $"{(byte)EntryPrice}", "last, bidOffset or atrFraction");
        }

        if (EntryOffsetBps is < 0m or > MostOffsetBps)
        {
            string allowed = $"0 to {MostOffsetBps} basis points; 5 means 0.05 %";
            faults.Add($"{path}.entryOffsetBps", FaultList.Text(EntryOffsetBps), allowed);
        }

        if (EntryAtrFraction is < 0m or > MostAtrFraction)
        {
            string allowed = $"0 to {MostAtrFraction}, a fraction: 0.5 means half the average true range";
            faults.Add($"{path}.entryAtrFraction", FaultList.Text(EntryAtrFraction), allowed);
        }
    }
}
