using System.Globalization;
using LowLatencyPortfolio.Engine;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>What <c>--reconcile report</c> prints: what a start would find at the venue, and do about it.</summary>
internal static class ReconcileLines
{
    /// <summary>Makes the lines.</summary>
    /// <param name="request">The run that a start would be.</param>
    /// <param name="notes">What else a start would say.</param>
    /// <param name="report">What was found.</param>
    /// <returns>A heading, a line a difference, and what they come to.</returns>
    public static IEnumerable<string> Of(
        LiveRequest request, IReadOnlyList<string> notes, ReconcileReport report)
    {
        yield return $"Compared with {request.Endpoints.Rest.Authority}, portfolio {request.Account!.PortfolioId}; "
            + "nothing was written or sent";
        yield return $"Database {request.DatabasePath}, engine {report.EngineId}";
        yield return $"Our orders at the venue: {report.Orders.ToString(CultureInfo.InvariantCulture)}";
        foreach (string note in notes)
        {
            yield return $"Note: {note}";
        }

        yield return string.Empty;
        if (report.IsClean)
        {
            yield return "Differences: none";
            yield break;
        }

        yield return $"Differences, and what a start does about them: "
            + report.Lines.Count.ToString(CultureInfo.InvariantCulture);
        foreach (ReconcileLine line in report.Lines)
        {
            yield return $"  {line.Text}";
        }

        if (report.IsAlarm)
        {
            yield return "ALARM: coins of ours are missing from the account; look at it by hand";
        }
    }
}
