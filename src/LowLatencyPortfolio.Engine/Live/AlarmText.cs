using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>The words of alarms: which pair, what, since when, what the engine does.</summary>
internal static class AlarmText
{
    private const long NsPerTick = 100;

    /// <summary>What a row of history says.</summary>
    /// <param name="row">An alarm, or what ends one.</param>
    /// <param name="product">Of the row's pair; null for the portfolio.</param>
    public static string Of(in StateChange row, ProductSpec? product)
    {
        if (row.Outage != OutageKind.None)
        {
            long sinceNs = row.ClosedAtNs == 0 ? row.OpenedAtNs : row.ClosedAtNs;
            return Line(product?.ProductId, NameOf(row.Action), sinceNs, Outage(in row, isOfPair: product is not null));
        }

        string what = product is null ? string.Empty : What(in row, product);
        return Line(product?.ProductId, NameOf(row.Action), row.TimeNs, what.Length == 0 ? Whole(in row) : what);
    }

    /// <summary>What a database's row says of entries that an earlier session has halted.</summary>
    public static string Of(StandingHalt halt, string database)
    {
        string order = halt.OrderSequence is { } sequence
            ? string.Create(CultureInfo.InvariantCulture, $"order {sequence}")
            : "an order";
        return Line(
            halt.ProductId, NameOf(HistoryAction.EntriesHalted), halt.SinceNs,
            $"{Why(halt.Cause, order)}; found by an earlier session and not resumed since: no entries; look at the "
            + $"venue, then llp resume --db {database}");
    }

    /// <summary>What the journal's own health says.</summary>
    public static string OfJournal(bool isOver, long atNs) => Line(
        null, "JOURNAL", atNs, isOver
            ? "is written again"
            : "cannot be written, or is at its bound: no entries; stops and exits go on, what was dropped is counted");

    private static string What(in StateChange row, ProductSpec product)
    {
        string quantity = $"{Text(product.QuantityOf(row.Quantity))} {product.BaseCurrency}";
        string watched = $"the engine watches the trigger {Text(product.PriceOf(row.Price))} itself and sells at the "
            + "market when no stop can be placed";
        return row.Action switch
        {
            HistoryAction.NakedAlarm when row.ExitReason != ExitReason.None =>
                $"a sell of {quantity} does not end, or nobody knows what became of it, and no stop rests; the venue "
                + "is asked, and what is not sold is sold again when that is certain",
            HistoryAction.NakedAlarm => $"no stop rests for {quantity}; {watched}",
            HistoryAction.StopTaken =>
                $"somebody cancelled the stop for {quantity} again, it is not placed any more; {watched}",
            HistoryAction.ExitBlocked =>
                $"the product's state does not let {quantity} be sold; what rests stays, it is tried again",
            HistoryAction.CoinsContested =>
                $"{quantity} of the position are not free for our orders; no entries of the pair until a look explains "
                + "it",
            HistoryAction.ExternalOut =>
                $"{quantity} left the account without an order of ours; position and stop shrink, at cost",
            HistoryAction.StopsRefused => "the venue does not take its stops; the pair takes no entries",
            _ => string.Empty,
        };
    }

    private static string Outage(in StateChange row, bool isOfPair)
    {
        bool isOver = row.ClosedAtNs != 0;
        string text = row.Outage switch
        {
            OutageKind.Feed when isOver => "prices come again",
            OutageKind.Feed when isOfPair =>
                "no price of it comes; its stop rests where it is and is not moved, no entries",
            OutageKind.Feed => "no prices come; stops rest where they are and are not moved, no entries",
            OutageKind.UserChannel when isOver => "the venue's messages about our orders come again",
            OutageKind.UserChannel =>
                "the venue's messages about our orders do not come; it is asked instead, no entries; stops and exits "
                + "go on",
            OutageKind.Clock when isOver => "our clock and the venue's agree again",
            OutageKind.Clock =>
                "our clock and the venue's differ by more than a second; no entries, stops and exits go on",
            _ when isOver => "the venue answers questions again",
            _ => "the venue does not answer all questions; they are repeated, entries may wait, stops and exits go on",
        };
        double seconds = (row.ClosedAtNs - row.OpenedAtNs) / (double)EventTime.Second;
        return isOver ? string.Create(CultureInfo.InvariantCulture, $"{text}, after {seconds:0} s") : text;
    }

    private static string Whole(in StateChange row)
    {
        string order = string.Create(CultureInfo.InvariantCulture, $"order {row.OrderSequence}");
        return row switch
        {
            { Action: HistoryAction.EntriesAllowed } => "the key is accepted again; entries are taken",
            { Action: HistoryAction.EntriesHalted, HaltCause: HaltCause.KeyRefused } =>
                $"{Why(row.HaltCause, order)}; no entries until it is accepted; what rests at the venue stays there",
            { Action: HistoryAction.EntriesHalted } =>
                $"{Why(row.HaltCause, order)}; no entries of any pair, also after a restart, until a person has looked "
                + "(llp resume); stops and exits go on",
            { Action: HistoryAction.Halted, ExitReason: ExitReason.LossBreaker } =>
                "the loss limit is reached; everything is sold, no entries until llp resume",
            { Action: HistoryAction.Halted, Mode: TradingMode.ReduceOnly } =>
                "reduce only; no entries, stops go on",
            _ => "no entries, stops and exits go on",
        };
    }

    private static string Why(HaltCause cause, string order) => cause switch
    {
        HaltCause.OrderDiffers => $"{order} is not at the venue as it was asked for",
        HaltCause.OrderOverfilled => $"{order} traded more than it was for",
        HaltCause.OrderIdTaken => $"the id of {order} stands for another order",
        HaltCause.EntryUnknown => $"{order} is an entry of this engine that no row knows",
        HaltCause.KeyRefused => "the venue refuses the key",
        _ => $"{order} cannot be explained",
    };

    private static string Line(string? productId, string name, long atNs, string text)
    {
        DateTime at = DateTime.UnixEpoch.AddTicks(atNs / NsPerTick);
        return string.Create(
            CultureInfo.InvariantCulture, $"{productId ?? "portfolio"}: {name} since {at:HH:mm:ss} UTC: {text}");
    }

    private static string NameOf(HistoryAction action) => Persistence.StoredNames.Of(action);

    private static string Text(decimal number) => number.ToString("0.################", CultureInfo.InvariantCulture);
}
