using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Entries;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>The tables of closed trades and of open positions, by pair and then by time.</summary>
internal static class TradeTables
{
    /// <summary>Writes one row a closed trade and their sum.</summary>
    public static void WriteClosed(TextWriter to, ReportInput input)
    {
        TradeLine[] closed = [.. Ordered(input.Trades.Where(trade => trade.ClosedAtNs is not null))];
        to.WriteLine();
        to.WriteLine($"Closed trades ({input.Portfolio.QuoteCurrency}, times UTC)"
            + (closed.Length == 0 ? ": none" : string.Empty));
        if (closed.Length == 0)
        {
            return;
        }

        TextTable table = new(
            "Pair", "Opened", ">Entry", ">Highest", ">Last stop", ">Exit", "Closed", "Reason", ">Ratchets", ">Gross",
            ">Fees", ">Net");
        foreach (TradeLine trade in closed)
        {
            int decimals = Decimals(input, trade);
            table.Add(
                trade.ProductId,
                DayAndMinute(trade.OpenedAtNs),
                Money.Price(trade.EntryPrice, decimals),
                Money.Price(trade.Highest, decimals),
                OptionalPrice(trade.LastStop, decimals),
                OptionalPrice(trade.ExitPrice, decimals),
                DayAndMinute(trade.ClosedAtNs!.Value),
                ReasonText(trade.Reason),
                trade.Ratchets.ToString(CultureInfo.InvariantCulture),
                Money.SignedNumber(trade.Gross),
                Unsigned(trade.Fees),
                Money.SignedNumber(trade.Realized));
        }

        table.Add(
            "Sum", "", "", "", "", "", "", "",
            closed.Sum(trade => trade.Ratchets).ToString(CultureInfo.InvariantCulture),
            Money.SignedNumber(closed.Sum(trade => trade.Gross)),
            Unsigned(closed.Sum(trade => trade.Fees)),
            Money.SignedNumber(closed.Sum(trade => trade.Realized)));
        table.Write(to);
    }

    /// <summary>Writes one row an open position, marked at the last price.</summary>
    public static void WriteOpen(TextWriter to, ReportInput input)
    {
        TradeLine[] open = [.. Ordered(input.Trades.Where(trade => trade.ClosedAtNs is null))];
        to.WriteLine();
        to.WriteLine($"Open positions ({input.Portfolio.QuoteCurrency}, times UTC), marked at the last price"
            + (open.Length == 0 ? ": none" : string.Empty));
        if (open.Length == 0)
        {
            return;
        }

        TextTable table = new(
            "Pair", "Opened", ">Entry", ">Highest", ">Stop", ">Last price", ">Held", ">Ratchets", ">Gross", ">Fees",
            ">Net");
        foreach (TradeLine trade in open)
        {
            int decimals = Decimals(input, trade);
            decimal mark = Mark(input, trade);
            table.Add(
                trade.ProductId,
                DayAndMinute(trade.OpenedAtNs),
                Money.Price(trade.EntryPrice, decimals),
                Money.Price(trade.Highest, decimals),
                OptionalPrice(trade.LastStop, decimals),
                Money.Price(mark, decimals),
                ResultJson.DecimalText(trade.Held),
                trade.Ratchets.ToString(CultureInfo.InvariantCulture),
                Money.SignedNumber(trade.GrossAt(mark)),
                Unsigned(trade.Fees),
                Money.SignedNumber(trade.Realized + (trade.Held * mark) - trade.Cost));
        }

        table.Write(to);
    }

    private static IOrderedEnumerable<TradeLine> Ordered(IEnumerable<TradeLine> trades) =>
        trades.OrderBy(trade => trade.ProductId, StringComparer.Ordinal).ThenBy(trade => trade.OpenedAtNs);

    private static int Decimals(ReportInput input, TradeLine trade) =>
        input.Products.TryGetValue(trade.ProductId, out ProductSpec? product)
            ? ProductSpec.DecimalsOf(product.PriceIncrement)
            : ProductSpec.DefaultPriceDecimals;

    // Before a product's first tick its own entry is the only price known.
    private static decimal Mark(ReportInput input, TradeLine trade) =>
        input.Result.Pairs.FirstOrDefault(pair => pair.ProductId == trade.ProductId) is { Mark: > 0m } pair
            ? pair.Mark
            : trade.EntryPrice;

    private static string OptionalPrice(decimal? price, int decimals) =>
        price is { } known ? Money.Price(known, decimals) : "-";

    private static string Unsigned(decimal amount) => Money.SignedNumber(amount).TrimStart('+');

    // The year is in the line that names the data's span.
    private static string DayAndMinute(long timeNs) => UtcTime.Minute(timeNs)[5..];

    private static string ReasonText(ExitReason reason) => reason switch
    {
        ExitReason.TrailingStop => "stop",
        ExitReason.TriggerCrossed => "crossed",
        ExitReason.StopNotFilled => "unfilled stop",
        ExitReason.NakedTooLong => "no stop",
        ExitReason.Liquidation => "liquidated",
        ExitReason.LossBreaker => "loss breaker",
        _ => "-",
    };
}
