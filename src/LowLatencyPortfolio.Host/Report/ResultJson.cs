using System.Globalization;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>The result for programs: one JSON object, decimals as strings so that no reader rounds them.</summary>
internal static class ResultJson
{
    /// <summary>The object, indented, ending with a line feed.</summary>
    /// <param name="result">The run.</param>
    /// <param name="rebalances">What rebalances did; null where they are off and there were none.</param>
    /// <returns>
    /// For the same input the same text in every key but <c>elapsedMs</c>, <c>ticksPerSecond</c>,
    /// <c>pipelineAllocatedBytes</c> and <c>gen0Collections</c>.
    /// </returns>
    public static string Text(ReplayResult result, RebalanceTally? rebalances = null)
    {
        PipelineCounters counters = result.Counters;
        PortfolioMetrics metrics = result.Metrics;
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("ticks", counters.Ticks);
            json.WriteNumber("ticksRejected", counters.TicksRejected);
            json.WriteNumber("orders", counters.Orders);
            json.WriteNumber("fills", counters.Fills);
            json.WriteNumber("stopsPlaced", counters.StopsPlaced);
            json.WriteNumber("stopsReplaced", counters.StopsReplaced);
            json.WriteNumber("exits", counters.Exits);
            json.WriteNumber("riskRejections", counters.RiskRejections);
            json.WriteString("realizedPnl", DecimalText(metrics.RealizedPnl));
            json.WriteString("unrealizedPnl", DecimalText(metrics.UnrealizedPnl));
            json.WriteString("fees", DecimalText(metrics.Fees));
            json.WriteString("equity", DecimalText(metrics.Equity));
            json.WriteString("winRatePct", metrics.WinRatePct is { } rate ? DecimalText(rate) : null);
            WriteSignals(json, result.Signals);
            WriteRebalances(json, rebalances);
            json.WriteString("stateHash", result.Hash.ToString());
            json.WriteNumber("elapsedMs", (long)result.Elapsed.TotalMilliseconds);
            json.WriteNumber("ticksPerSecond", TicksPerSecond(result));
            json.WriteNumber("pipelineAllocatedBytes", result.PipelineAllocatedBytes);
            json.WriteNumber("gen0Collections", result.Gen0Collections);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    // Keys of a run with signals only.
    private static void WriteSignals(Utf8JsonWriter json, SignalReadings? signals)
    {
        if (signals is null)
        {
            return;
        }

        json.WriteNumber("signalRounds", signals.Rounds);
        json.WriteNumber("signalCandles", signals.Candles);
        json.WriteNumber("signalVotes", signals.Votes);
        json.WriteNumber("signalsProposed", signals.Proposed);
        json.WriteNumber("signalsHeldBack", signals.HeldBack.Values.Sum());
        json.WriteNumber("signalsSubmitted", signals.Submitted);
        json.WriteNumber("signalsSent", signals.Verdicts.GetValueOrDefault(RiskVerdict.Approved));
        json.WriteNumber("signalsFailed", signals.Failed);
        json.WriteNumber("signalsLate", signals.LateAnswers);
        if (signals.Risk is { } risk)
        {
            WriteRisk(json, risk);
        }

        if (signals.Fusion is { } fusion)
        {
            json.WriteNumber("fusionSamples", fusion.Samples);
            json.WriteNumber("fusionVersion", fusion.Version);
        }
    }

    // Keys of a run that rebalances by orders only.
    private static void WriteRebalances(Utf8JsonWriter json, RebalanceTally? rebalances)
    {
        if (rebalances is null)
        {
            return;
        }

        json.WriteNumber("rebalancesStarted", rebalances.Increases + rebalances.Reductions);
        json.WriteNumber("rebalanceIncreases", rebalances.Increases);
        json.WriteNumber("rebalanceReductions", rebalances.Reductions);
        json.WriteNumber("rebalanceReductionsToLimit", rebalances.ToLimit);
        json.WriteNumber("rebalanceSells", rebalances.Sells);
        json.WriteNumber("rebalancesEnded", rebalances.Ended);
        json.WriteNumber("rebalancesRefused", rebalances.Refused.Values.Sum());
        json.WriteStartObject("rebalancesRefusedBy");
        foreach ((RiskVerdict verdict, int count) in rebalances.Refused)
        {
            json.WriteNumber(StoredNames.Of(verdict), count);
        }

        json.WriteEndObject();
        json.WriteString("rebalanceBought", DecimalText(rebalances.Bought));
        json.WriteString("rebalanceSold", DecimalText(rebalances.Sold));
        json.WriteString("rebalanceFees", DecimalText(rebalances.BuyFees + rebalances.SellFees));
    }

    // Estimates are numbers rounded to two decimals, null where nothing held is measured; distances to stops are exact.
    private static void WriteRisk(Utf8JsonWriter json, RiskReadings risk)
    {
        json.WriteString("heat", DecimalText(risk.Heat.Amount));
        json.WriteString("heatUnprotected", DecimalText(risk.Heat.UnprotectedValue));
        WriteEstimate(json, "valueAtRisk", risk.ValueAtRisk);
        WriteEstimate(json, "historicalValueAtRisk", risk.HistoricalValueAtRisk);
        WriteEstimate(json, "effectiveBets", risk.EffectiveBets);
        json.WriteNumber("measuredPairs", risk.MeasuredPairs);
        json.WriteNumber("groupChanges", risk.GroupChanges);
        json.WriteStartArray("measuredGroups");
        foreach (IReadOnlyList<string> group in risk.Groups)
        {
            json.WriteStringValue(string.Join(' ', group));
        }

        json.WriteEndArray();
    }

    private static void WriteEstimate(Utf8JsonWriter json, string key, double? estimate)
    {
        if (estimate is { } known)
        {
            json.WriteNumber(key, Math.Round(known, 2));
        }
        else
        {
            json.WriteNull(key);
        }
    }

    /// <summary>A decimal exactly, without trailing zeros, exponent or thousands separators.</summary>
    public static string DecimalText(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Ticks that this process fed per second of its wall time, rounded down; 0 when no time passed.</summary>
    public static long TicksPerSecond(ReplayResult result) => result.Elapsed > TimeSpan.Zero
        ? (long)((Int128)result.EventsFed * TimeSpan.TicksPerSecond / result.Elapsed.Ticks)
        : 0;
}
