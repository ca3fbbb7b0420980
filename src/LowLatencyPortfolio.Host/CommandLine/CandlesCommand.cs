using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Candles;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Progress;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary><c>llp candles</c>: the candles of one product as CSV.</summary>
/// <param name="output">Standard output: the candles and nothing else.</param>
/// <param name="error">Standard error: faults, notes and the progress line.</param>
/// <param name="isTerminal">Whether a person watches; the rows then follow the progress line.</param>
internal sealed class CandlesCommand(TextWriter output, TextWriter error, bool isTerminal)
{
    /// <summary>Prints the candles.</summary>
    /// <param name="options">From the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Execute(CandlesOptions options)
    {
        FaultLines faults = new();
        List<string> notes = [];
        RunOptions inputs = new(options.Ticks, null, null, null, Topology.Inline, null, false);
        if (new CandlePreparation(faults, notes).Prepare(inputs, options.Interval, onlyOne: true) is not { } prepared)
        {
            return Lines.Refuse(error, faults.Lines, ExitCode.BadInput);
        }

        try
        {
            Print(prepared, notes);
            foreach (string note in notes)
            {
                error.WriteLine($"Note: {note}");
            }

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

    private void Print(CandleInputs inputs, List<string> notes)
    {
        RunProgress progress = new();
        using CandleStream candles = new(inputs, progress);
        using RowWriter rows = new(output, isTerminal);
        using (new ProgressLine(error, isTerminal, progress, inputs.Catalog.FirstTimeNs, inputs.Catalog.LastTimeNs))
        {
            ProductSpec product = inputs.Pairs[0].Product;
            rows.To.WriteLine(CandleText.Heading);
            while (candles.TryRead(out _, out Candle candle))
            {
                rows.To.WriteLine(CandleText.Row(in candle, product, candles.IntervalNs));
            }

            if (candles.Unfinished(0) is { Ticks: > 0 } unfinished)
            {
                rows.To.WriteLine(CandleText.Row(in unfinished, product, candles.IntervalNs));
                string begin = UtcTime.Second(unfinished.OpenTimeNs);
                notes.Add($"the candle of {begin} is unfinished: the data ends before it does");
            }
        }
    }
}
