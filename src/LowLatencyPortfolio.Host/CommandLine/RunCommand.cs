using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Progress;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary><c>llp run</c>: prepare, replay, report.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error: faults, the progress line, and the report when the JSON goes to standard
/// output.</param>
/// <param name="isTerminal">Whether a person watches: only then is there a progress line.</param>
/// <param name="replay">Does the replay itself.</param>
internal sealed class RunCommand(
    TextWriter output, TextWriter error, bool isTerminal, Func<ReplayRequest, CancellationToken, ReplayResult> replay)
{
    /// <summary>Runs to the end, or to an orderly stop.</summary>
    /// <param name="options">From the command line.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Execute(RunOptions options)
    {
        using StopSignal stop = new();
        stop.Listen();
        FaultLines faults = new();
        List<string> notes = [];
        RunProgress progress = new();
        if (new RunPreparation(faults, notes).Prepare(options, progress) is not { } request)
        {
            return Refuse(faults.Lines, ExitCode.BadInput);
        }

        try
        {
            using ProgressLine line = new(
                error, isTerminal, progress, request.Catalog.FirstTimeNs, request.Catalog.LastTimeNs);
            void Deliver(ReplayResult result)
            {
                line.Dispose();
                AddNotes(notes, result, progress);
                ReportInput report = Gather(request, result, notes);
                RunReport.Write(options.JsonToOutput ? error : output, report);
                WriteJson(options, ResultJson.Text(result, report.Rebalances));
            }

            _ = replay(request with { Deliver = Deliver }, stop.Token);
            return ExitCode.Success;
        }
        catch (ReplayDataException e)
        {
            return Refuse([$"--ticks: {e.Message}"], ExitCode.BadInput);
        }
        catch (Exception e) when (e is ArgumentException or ConfigurationException)
        {
            // What only the engine can judge, before it starts: a topology that this machine has too few cores for.
            return Refuse(e.Message.Split('\n'), ExitCode.BadInput);
        }
        catch (JournalException e)
        {
            return Refuse([e.Message], ExitCode.Failed);
        }
        catch (InvalidOperationException e)
        {
            return Refuse([$"the engine stopped: {e.Message}"], ExitCode.Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse([e.Message], ExitCode.Failed);
        }
    }

    private static void AddNotes(List<string> notes, ReplayResult result, RunProgress progress)
    {
        if (result.EntriesPast > 0)
        {
            notes.Add("entries already past, not after the last event of the database, not submitted: "
                + result.EntriesPast.ToString(CultureInfo.InvariantCulture));
        }

        if (result.EntriesAfterEnd > 0)
        {
            notes.Add($"entries after the end of the data, not submitted: {result.EntriesAfterEnd}");
        }

        if (result.RecordingFault is { } recording)
        {
            notes.Add(recording);
        }

        if (!result.Finished)
        {
            notes.Add($"stopped on request at {UtcTime.Minute(progress.EventTimeNs)} UTC, before the end of the data; "
                + $"the same command with --db {result.DatabasePath} continues from here");
        }
    }

    private static ReportInput Gather(ReplayRequest request, ReplayResult result, IReadOnlyList<string> notes)
    {
        DatabaseRows rows = DatabaseRows.Read(result.DatabasePath);
        return new ReportInput
        {
            ScriptedEntries = request.Entries.Count > 0,
            Assumptions = DataLines.Assumptions(DataLines.Kind(request.Catalog), request.Paper),
            DataSpan = DataLines.Span(request.Catalog),
            Notes = notes,
            Portfolio = request.Portfolio,
            Products = request.Pairs.ToDictionary(pair => pair.ProductId, pair => pair.Product),
            Trades = rows.Trades,
            Refusals = rows.Refusals,
            EntriesOverdue = rows.EntriesOverdue,
            Rebalances = rows.RebalancesBy(request.Rebalance),
            Mode = rows.Mode,
            ModeSinceNs = rows.ModeSinceNs,
            Comparison = rows.Fills.Count > 0 ? Compare(request, result, rows.Fills) : null,
            Result = result,
            Topology = request.Topology,
        };
    }

    private static StopComparison Compare(ReplayRequest request, ReplayResult result, IEnumerable<FillLine> fills)
    {
        StopComparison comparison = new(request.Pairs, fills);
        using ReplayFeed feed = new(request.Catalog, request.Pairs);
        while (feed.Delivered < result.EventsOfInput && feed.TryRead(out MarketTick tick))
        {
            comparison.OnTick(tick.Product, tick.TimeNs, tick.Price);
        }

        comparison.Complete();
        return comparison;
    }

    private void WriteJson(RunOptions options, string text)
    {
        if (options.JsonToOutput)
        {
            output.Write(text);
        }
        else if (options.Json is { } file)
        {
            File.WriteAllText(file, text);
        }
    }

    private int Refuse(IEnumerable<string> lines, int exitCode) => Lines.Refuse(error, lines, exitCode);
}
