using System.Globalization;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>A finished live run as the report of <c>llp run</c> takes it.</summary>
internal static class LiveReport
{
    private const long NsPerTick = 100;

    /// <summary>Gathers what the report shows.</summary>
    /// <param name="request">The run.</param>
    /// <param name="result">What it came to.</param>
    /// <returns>The report's input; there is no comparison, since prices are not kept.</returns>
    /// <exception cref="Persistence.JournalException">The database cannot be read.</exception>
    public static ReportInput Gather(LiveRequest request, LiveResult result)
    {
        DatabaseRows rows = DatabaseRows.Read(request.DatabasePath);
        return new ReportInput
        {
            ScriptedEntries = request.Entries.Count > 0,
            Assumptions = Assumptions(request),
            DataSpan = Span(request, result),
            Notes = [.. NotesOf(result, request.Portfolio.QuoteCurrency)],
            Portfolio = request.Portfolio,
            Products = request.Pairs.ToDictionary(pair => pair.ProductId, pair => pair.Product),
            Trades = rows.Trades,
            Refusals = rows.Refusals,
            EntriesOverdue = rows.EntriesOverdue,
            Rebalances = rows.RebalancesBy(request.Rebalance),
            Mode = rows.Mode,
            ModeSinceNs = rows.ModeSinceNs,
            Comparison = null,
            Result = result.Run,
            Topology = request.Topology,
        };
    }

    private static string Assumptions(LiveRequest request) => request.Account is { } account
        ? "live trades | Fills: as the venue reports them | "
            + $"Fees of the account: maker {Percent(account.Fees.Maker)}, taker {Percent(account.Fees.Taker)}"
        : DataLines.Assumptions("live trades", request.Paper);

    private static string Span(LiveRequest request, LiveResult result)
    {
        int pairs = request.Pairs.Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{pairs} product{(pairs == 1 ? string.Empty : "s")} of {request.Endpoints.MarketWebSocket.Host}, "
            + $"{Minute(result.BegunAt)} to {Minute(result.EndedAt)} UTC, {result.Run.EventsFed:N0} ticks");
    }

    // What was known before was told before.
    private static IEnumerable<string> NotesOf(LiveResult result, string currency)
    {
        foreach (string alarms in result.Alarms)
        {
            yield return alarms;
        }

        if (result.EntriesLeft > 0)
        {
            yield return $"entries whose time had not come, not submitted: {result.EntriesLeft}";
        }

        if (result.Reconnects > 0)
        {
            yield return
                $"the feed connected again {result.Reconnects} times; no entry was taken until prices were back";
        }

        if (result.PairsDown > 0)
        {
            string error = result.FeedError is { } told ? $": {told}" : string.Empty;
            yield return $"at the end no price could be relied on for {result.PairsDown} of {result.Run.Pairs.Count} "
                + $"pairs{error}";
        }

        if (LateFees(result.LateFees, currency) is { } fees)
        {
            yield return fees;
        }

        if (result.IsLeftInDoubt)
        {
            yield return "what became of the last request to the venue was not known at the end; the next start asks "
                + "there first, as after a crash";
        }

        if (result.Rebalances is { Failed: > 0 } rebalances)
        {
            yield return $"looks at rebalances that failed: {rebalances.Failed}, the last by {rebalances.LastFailure}";
        }

        if (result.Run.RecordingFault is { } recording)
        {
            yield return recording;
        }
    }

    /// <summary>What is said of fees that no fill has told.</summary>
    /// <param name="fees">How much, quote.</param>
    /// <param name="currency">Quote currency.</param>
    /// <returns>One line; null when there are none.</returns>
    internal static string? LateFees(decimal fees, string currency) => fees > 0m
        ? $"the venue has charged {ResultJson.DecimalText(fees)} {currency} more in fees than it told with the fills; "
            + "they are not in these figures"
        : null;

    private static string Minute(DateTimeOffset time) =>
        UtcTime.Minute((time - DateTimeOffset.UnixEpoch).Ticks * NsPerTick);

    private static string Percent(decimal fraction) => $"{ResultJson.DecimalText(fraction * 100m)} %";
}
