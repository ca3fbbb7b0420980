using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Live;
using LowLatencyPortfolio.Host.Progress;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary><c>llp run --feed</c>: prepare, trade live prices, report.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error: faults, the status line, and the report when the JSON goes to standard
/// output.</param>
/// <param name="isTerminal">Whether a person watches: only then is there a status line.</param>
/// <param name="environment">Looks an environment variable up.</param>
/// <param name="replay">Plays a recording, for <c>--feed replay:FILE</c>.</param>
/// <param name="open">Makes the session of a run that was checked; null for the usual one.</param>
internal sealed class LiveCommand(
    TextWriter output, TextWriter error, bool isTerminal, Func<string, string?> environment,
    Func<ReplayOptions, int> replay, Func<LiveRequest, LiveSession>? open = null)
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(1);

    // What a person reads; whether anybody still does is no concern of a session that trades.
    private readonly TextWriter _told = LossyWriter.Of(output);
    private readonly TextWriter _toldErrors = LossyWriter.Of(error);

    /// <summary>Runs until it is stopped.</summary>
    /// <param name="options">From the command line, with a feed.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Execute(RunOptions options)
    {
        using StopSignal stop = new();
        FaultLines faults = new();
        ArgumentReview.Check(options, faults);
        if (!faults.AreEmpty)
        {
            return Refuse(faults.Lines, ExitCode.BadInput);
        }

        if (options.Feed is { } feed && feed.StartsWith(LiveArguments.ReplayPrefix, StringComparison.Ordinal))
        {
            return replay(new ReplayOptions(feed[LiveArguments.ReplayPrefix.Length..], options.Topology));
        }

        stop.Listen();
        List<string> notes = [];
        LiveInputs? inputs = new LiveInputReview(faults, notes, environment).Read(options);
        using CoinbaseCredentials? credentials = inputs?.Credentials;
        return inputs is null
            ? Refuse(faults.Lines, ExitCode.BadInput)
            : Guarded(() => Run(options, inputs, faults, notes, stop.Token), stop.Token);
    }

    private int Run(
        RunOptions options, LiveInputs inputs, FaultLines faults, List<string> notes, CancellationToken stop)
    {
        LiveRequest? request =
            new LivePreparation(inputs, faults, notes).PrepareAsync(options, stop).GetAwaiter().GetResult();
        if (request is null)
        {
            return Refuse(faults.Lines, ExitCode.BadInput);
        }

        if (options.Reconcile is not null)
        {
            return Compare(request, notes, stop);
        }

        TextWriter report = options.JsonToOutput ? _toldErrors : _told;
        using LiveSession session = open?.Invoke(request) ?? new LiveSession(request);
        using TerminalLine line = new(_toldErrors, isTerminal, StatusPeriod, session.Status);
        session.Alarmed += alarm => line.Write((alarm.IsOver ? "llp: " : "llp: ALARM: ") + alarm.Text);
        LiveResult result;
        try
        {
            result = session.Run(Begin, stop);
        }
        finally
        {
            line.Dispose();
        }

        ReportInput ended = LiveReport.Gather(request, result);
        RunReport.Write(report, ended);
        WriteJson(options, ResultJson.Text(result.Run, ended.Rebalances));
        return ExitCode.Success;

        void Begin()
        {
            foreach (string opening in OpeningLines.Of(request)
                .Concat(notes.Select(note => $"Note: {note}"))
                .Concat(session.Differences.Select(text => $"Reconciled: {text}")))
            {
                report.WriteLine(opening);
            }

            report.WriteLine();
            report.Flush();
            line.Start();
        }
    }

    private int Compare(LiveRequest request, List<string> notes, CancellationToken stop)
    {
        ReconcileReport found = SessionReconciliation
            .ReportAsync(request.EngineOptions, request.Pairs.Select(pair => (pair.Product, pair.Config)), stop)
            .GetAwaiter().GetResult();
        foreach (string line in ReconcileLines.Of(request, notes, found))
        {
            output.WriteLine(line);
        }

        return found.IsClean ? ExitCode.Success : ExitCode.Differs;
    }

    private int Guarded(Func<int> run, CancellationToken stop)
    {
        try
        {
            return run();
        }
        catch (QueryException e)
        {
            return Refuse(
                [$"the venue did not answer: {e.Message}; look at the network, or --endpoints"], ExitCode.Failed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Refuse(["stopped before it began"], ExitCode.Success);
        }
        catch (Exception e) when (e is ArgumentException or ConfigurationException)
        {
            return Refuse(e.Message.Split('\n'), ExitCode.BadInput);
        }
        catch (Exception e) when (e is JournalException or ReconcileException or TimeoutException)
        {
            return Refuse([e.Message], ExitCode.Failed);
        }
        catch (InvalidOperationException e)
        {
            return Refuse(
                [$"the engine stopped: {e.Message}; stops that rest at the venue stay there"], ExitCode.Failed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse([e.Message], ExitCode.Failed);
        }
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

    private int Refuse(IEnumerable<string> lines, int exitCode) => Lines.Refuse(_toldErrors, lines, exitCode);
}
