using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>What signals looked at, what they proposed, and what became of it.</summary>
internal static class SignalReport
{
    /// <summary>Writes the section; nothing where no signals were asked.</summary>
    public static void Write(TextWriter to, ReportInput input)
    {
        if (input.Result.Signals is not { } signals)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine("Signals");
        TextTable table = new(">Count", "What");
        table.Add(Text(signals.Rounds), "closes of candles that were judged");
        table.Add(Text(signals.Candles), "candles");
        table.Add(Text(signals.Votes), "votes cast");
        table.Add(Text(signals.Proposed), "entries proposed");
        foreach ((EntryHold reason, long count) in signals.HeldBack.OrderBy(held => held.Key))
        {
            table.Add(Text(count), $"  held back: {Words(reason)}");
        }

        table.Add(Text(signals.Submitted), "  given to the risk gate");
        table.Add(Text(signals.Verdicts.GetValueOrDefault(RiskVerdict.Approved)), "    sent");
        table.Add(Text(Refused(signals)), "    refused, by the limits below");
        table.Add(Text(input.EntriesOverdue), "cancelled unfilled after maxEntryWaitCandles");
        if (signals.Fusion is { } fusion)
        {
            table.Add(Text(fusion.Samples), "outcomes that the fused model has learned");
            table.Add(Text(fusion.Version), "newest version of its parameters");
        }

        AddFaults(table, signals);
        table.Write(to);
    }

    private static void AddFaults(TextTable table, SignalReadings signals)
    {
        AddIf(table, signals.LateTicks, "ticks came after their candle was closed");
        AddIf(table, signals.CandlesLost, "candles that no signal saw");
        AddIf(table, signals.RoundsDropped, "closes dropped: earlier ones were still being judged");
        foreach (PairSignalFaults pair in signals.Faults)
        {
            table.Add(
                Text(pair.Failed + pair.Late),
                $"signals of {pair.ProductId} failed ({pair.Failed}) or came late ({pair.Late}); "
                + $"last: {pair.LastReason}");
        }
    }

    private static void AddIf(TextTable table, long count, string what)
    {
        if (count > 0)
        {
            table.Add(Text(count), what);
        }
    }

    private static long Refused(SignalReadings signals) =>
        signals.Verdicts.Where(said => said.Key != RiskVerdict.Approved).Sum(said => said.Value);

    private static string Words(EntryHold reason) => reason switch
    {
        EntryHold.PositionHeld => "the pair holds a position",
        EntryHold.EntryWorking => "an entry of the pair works",
        EntryHold.StopResting => "a stop of the pair rests",
        EntryHold.Exiting => "the pair is being closed",
        EntryHold.CoolingDown => "the pair has just sold (cooldownCandles)",
        _ => "the pair did not trade in the candle",
    };

    private static string Text(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
