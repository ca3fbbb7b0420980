using System.Globalization;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Candles;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Progress;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary><c>llp signals</c>: what the candles of recorded data would have confirmed, and by which votes.</summary>
/// <param name="output">Standard output: the table, or the JSON.</param>
/// <param name="error">Standard error: faults, notes and the progress line.</param>
/// <param name="isTerminal">Whether a person watches; the rows then follow the progress line.</param>
internal sealed class SignalsCommand(TextWriter output, TextWriter error, bool isTerminal)
{
    /// <summary>Prints the signals.</summary>
    /// <param name="options">From the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Execute(SignalsOptions options)
    {
        FaultLines faults = new();
        List<string> notes = [];
        RunOptions inputs = new(options.Ticks, null, options.Config, null, Topology.Inline, options.Json, false);
        if (new CandlePreparation(faults, notes).Prepare(inputs, options.Interval, onlyOne: false) is not { } prepared)
        {
            return Lines.Refuse(error, faults.Lines, ExitCode.BadInput);
        }

        try
        {
            using (ResultFile? file = ResultFile.For(options.Json))
            {
                Print(prepared, file?.To ?? (inputs.JsonToOutput ? output : null), !inputs.JsonToOutput);
                file?.Keep();
            }

            notes.ForEach(note => error.WriteLine($"Note: {note}"));
            return ExitCode.Success;
        }
        catch (ReplayDataException e)
        {
            return Lines.Refuse(error, [$"--ticks: {e.Message}"], ExitCode.BadInput);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.Failed);
        }
    }

    private void Print(CandleInputs inputs, TextWriter? json, bool withTable)
    {
        RunProgress progress = new();
        using RowWriter rows = new(output, isTerminal && withTable);
        using ProgressLine line = new(
            error, isTerminal, progress, inputs.Catalog.FirstTimeNs, inputs.Catalog.LastTimeNs);
        SignalTable? table = withTable
            ? new SignalTable(rows.To, inputs.Pairs.Max(pair => pair.ProductId.Length), inputs.Fusion.Enabled)
            : null;
        SignalJson? result = json is null ? null : new SignalJson(json, inputs.Fusion.Enabled);
        table?.WriteHeadings();
        result?.Begin(inputs.Settings.CandleSeconds, inputs.Settings.ConfirmationWindow);
        using JudgedCandles candles = new(inputs, progress);
        while (candles.TryRead(out JudgedCandle candle))
        {
            table?.Write(in candle);
            result?.Write(in candle);
        }

        result?.End();
        if (withTable)
        {
            WriteSummary(rows.To, candles, inputs);
        }
    }

    private static void WriteSummary(TextWriter to, JudgedCandles candles, CandleInputs inputs)
    {
        ConfirmationSettings settings = inputs.Settings;
        to.WriteLine();
        string macd = Invariant($"MACD({settings.MacdFast},{settings.MacdSlow},{settings.MacdSignal})");
        to.WriteLine(Invariant($"Candles of {settings.CandleSeconds} s: {candles.Count:N0}")
            + Invariant($"; of these confirm an entry: {candles.Entries:N0}"));
        to.WriteLine(Invariant($"A vote stands for {settings.ConfirmationWindow} candles; * was cast at this one."));
        to.WriteLine(Invariant($"RSI({settings.RsiPeriod}) rose through {settings.RsiLevel}; ")
            + $"{macd} histogram turned positive; close rose through the VWAP of its UTC day.");
        if (inputs.Fusion is { Enabled: true, Model: { } model } fusion)
        {
            to.WriteLine(Invariant($"fused: probability of a rise by more than {model.CostThreshold:0.##%} within ")
                + Invariant($"{model.HorizonCloses} candles, said after {model.WarmUpCloses} closes with known ")
                + Invariant($"outcomes; an entry needs {fusion.MinProbability}")
                + (fusion.RequireVotes ? " and the votes." : "."));
        }

        if (candles.Unfinished > 0)
        {
            to.WriteLine(Invariant($"Unfinished at the end of the data, and not shown: {candles.Unfinished}"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
