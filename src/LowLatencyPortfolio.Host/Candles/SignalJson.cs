using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>Judged candles as one JSON object, a line each, written as they come.</summary>
/// <remarks>Prices are strings, so that no reader rounds them; indicators are numbers, null while unknown.</remarks>
/// <param name="to">Where to.</param>
/// <param name="withFused">Whether it says what the fused model says.</param>
internal sealed class SignalJson(TextWriter to, bool withFused)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private string _before = string.Empty;

    /// <summary>Writes what comes before the candles.</summary>
    /// <param name="seconds">Length of a candle.</param>
    /// <param name="window">Candles a vote stands.</param>
    public void Begin(int seconds, int window) => to.Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"candleSeconds\":{seconds},\"confirmationWindow\":{window},\"candles\":[\n"));

    /// <summary>Writes one candle.</summary>
    public void Write(in JudgedCandle candle)
    {
        _line.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_line))
        {
            Write(json, in candle);
        }

        to.Write(_before + Encoding.UTF8.GetString(_line.WrittenSpan));
        _before = ",\n";
    }

    /// <summary>Writes what comes after the candles.</summary>
    public void End() => to.Write("\n]}\n");

    private void Write(Utf8JsonWriter json, in JudgedCandle candle)
    {
        json.WriteStartObject();
        json.WriteString("time", UtcTime.Second(candle.Candle.OpenTimeNs));
        json.WriteString("product", candle.Product.ProductId);
        json.WriteString("close", ResultJson.DecimalText(candle.Close));
        Number(json, "rsi", candle.Indicators.Rsi);
        Number(json, "macdHistogram", candle.Indicators.MacdHistogram);
        Number(json, "vwap", candle.Indicators.SessionVwap);
        json.WriteStartObject("votes");
        Age(json, "rsi", candle.Votes.RsiAge);
        Age(json, "macd", candle.Votes.MacdAge);
        Age(json, "vwap", candle.Votes.VwapAge);
        json.WriteEndObject();
        json.WriteNumber("standing", candle.Votes.Standing);
        json.WriteNumber("needed", candle.Needed);
        if (withFused)
        {
            Number(json, "riseProbability", candle.RiseProbability);
        }

        json.WriteString("confidence", ResultJson.DecimalText(candle.Signal.Confidence));
        json.WriteBoolean("entry", candle.Signal.ShouldEnter);
        json.WriteString("limit", candle.Signal.LimitPrice is { } limit ? ResultJson.DecimalText(limit) : null);
        json.WriteString("reason", candle.Signal.Reason);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Age(Utf8JsonWriter json, string name, int? candles) => Number(json, name, candles);
}
