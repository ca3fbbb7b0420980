using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>What a message says, in words, so that two readers can be compared.</summary>
internal sealed record Reading
{
    public FeedMessageKind Kind { get; set; }

    public FrameFault Fault { get; set; }

    public long Sequence { get; set; } = -1;

    public long SentAtNs { get; set; }

    public int ForeignRows { get; set; }

    public int Product { get; set; } = -1;

    public long LastTradeId { get; set; }

    public string Trades { get; set; } = "";

    public string Acknowledged { get; set; } = "";

    public string Statuses { get; set; } = "";

    public string Error { get; set; } = "";

    public static Reading Of(FeedFrame frame, ReadOnlySpan<byte> text)
    {
        StringBuilder trades = new();
        foreach (ref readonly TradeRow row in frame.Trades)
        {
            trades.Append(Say(in row)).Append('\n');
        }

        StringBuilder statuses = new();
        foreach (ref readonly StatusRow row in frame.Statuses)
        {
            statuses.Append(CultureInfo.InvariantCulture, $"{row.Product}:");
            foreach (JsonPart part in (JsonPart[])
                [row.BaseIncrement, row.QuoteIncrement, row.Status, row.Message, row.MinMarketFunds])
            {
                statuses.Append(Raw(text, part)).Append('|');
            }
        }

        return new Reading
        {
            Kind = frame.Kind, Fault = frame.Fault, Sequence = frame.Sequence, SentAtNs = frame.SentAtNs,
            ForeignRows = frame.ForeignRows, Product = frame.Product, LastTradeId = frame.LastTradeId,
            Trades = trades.ToString(), Statuses = statuses.ToString(),
            Acknowledged = frame.ListsTrades ? Say(frame.Acknowledged) : "",
            Error = Raw(text, frame.ErrorMessage) + Raw(text, frame.ErrorReason),
        };
    }

    public static string Say(in TradeRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Product} {row.Flaw} {row.IsSnapshot} {row.TradeId} {row.Price} {row.Quantity} {row.TimeNs}");

    public static string Say(ReadOnlySpan<bool> flags)
    {
        StringBuilder words = new("of");
        for (int i = 0; i < flags.Length; i++)
        {
            words.Append(flags[i] ? $" {i}" : "");
        }

        return words.ToString();
    }

    private static string Raw(ReadOnlySpan<byte> text, JsonPart part) =>
        Encoding.Latin1.GetString(text.Slice(part.Start, part.Length));
}
