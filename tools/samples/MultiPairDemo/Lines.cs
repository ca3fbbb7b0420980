using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;

namespace MultiPairDemo;

/// <summary>What the demonstration prints.</summary>
internal static class Lines
{
    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>What became of entries that were submitted together.</summary>
    public static void Entries(DateTimeOffset at, IEnumerable<EntryResult> results)
    {
        foreach (EntryResult result in results)
        {
            string outcome = result.IsSent ? "sent" : $"REFUSED: {Words(result.Verdict)}";
            Say($"{at:MM-dd HH:mm}  {result.ProductId,-9}  {outcome}");
        }
    }

    /// <summary>The portfolio in the form of the dashboard.</summary>
    public static void Status(PortfolioMetrics metrics)
    {
        (decimal total, decimal deployed) = (metrics.TotalCapital, metrics.DeployedCapital);
        string winRate = metrics.WinRatePct is { } rate ? $"{rate:F0}%" : "n/a";
        Say($"Total: ${total:N0} | Deployed: ${deployed:N0} | Available: ${metrics.AvailableCapital:N0}");
        Say($"Active Positions: {metrics.ActivePositions} | Closed: {metrics.ClosedPositions} | Win Rate: {winRate}");
        Say($"Return: {metrics.TotalReturnPct:F2} % | Realized: {metrics.RealizedPnl:N2} | Fees: {metrics.Fees:N2}");
    }

    /// <summary>Each pair: what it holds, where its stop rests, what it made.</summary>
    public static void Pairs(PortfolioPicture picture)
    {
        Say($"Pair        Trades  Stop moved        Held        Mark        Stop      Result");
        foreach (PairPicture pair in picture.Pairs)
        {
            PositionRow? open = pair.Open;
            string held = open is null ? "-" : open.Quantity.ToString("G6", CultureInfo.InvariantCulture);
            string stop = pair.StopTrigger?.ToString(CultureInfo.InvariantCulture) ?? "-";
            (int trades, int moved) = (pair.Positions.Count, pair.Positions.Sum(row => row.Ratchets));
            string name = pair.Config.ProductId;
            Say($"{name,-10}  {trades,6}  {moved,10}  {held,10}  {pair.Mark,10}  {stop,10}  {pair.Account.Net,10:N2}");
        }
    }

    /// <summary>A limit's name in words: <c>correlated exposure above limit</c>.</summary>
    public static string Words(RiskVerdict verdict) => string.Concat(verdict.ToString().Select((letter, i) =>
        (char.IsUpper(letter) && i > 0 ? " " : string.Empty) + char.ToLowerInvariant(letter)));
}
