using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Turns the fields of a trade or ticker into a row in ring units.</summary>
/// <remarks>
/// Thread: one. Allocation: none. A number that is none is the message's fault; one that the ring cannot say exactly,
/// or a price of 0, is a flaw of its row alone, because the venue may have changed that product's grid.
/// </remarks>
internal sealed class RowReader(ProductTable products, JsonFields fields)
{
    /// <summary>Adds a trade.</summary>
    /// <param name="text">The message.</param>
    /// <param name="frame">Where to.</param>
    /// <param name="parts">Product, trade id, price, size, time.</param>
    /// <param name="isSnapshot">Whether it may have been told before.</param>
    public void AddTrade(ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts, bool isSnapshot)
    {
        TradeRow row = new() { IsSnapshot = isSnapshot };
        if (!TryProduct(text, frame, parts, row: ref row))
        {
            return;
        }

        FrameFault fault = fields.Count(text, parts[1], out row.TradeId);
        frame.Fail(fault == FrameFault.None && row.TradeId == 0 ? FrameFault.BadNumber : fault);
        ProductSpec product = products.ByIndex[row.Product].Product;
        row.Price = Units(text, frame, parts[2], product.PriceDecimals, ref row.Flaw);
        row.Quantity = Units(text, frame, parts[3], product.QuantityDecimals, ref row.Flaw);
        if (!UtcTimeText.TryParse(fields.TextOf(text, parts[4]), out row.TimeNs))
        {
            frame.Fail(FrameFault.BadTime);
        }

        frame.Add(in row);
    }

    /// <summary>Adds a ticker's price.</summary>
    /// <param name="text">The message.</param>
    /// <param name="frame">Where to.</param>
    /// <param name="parts">Product, price.</param>
    /// <param name="isSnapshot">Whether it is of the time before the subscription.</param>
    public void AddTicker(ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts, bool isSnapshot)
    {
        TradeRow row = new() { IsSnapshot = isSnapshot };
        if (TryProduct(text, frame, parts, ref row))
        {
            int decimals = products.ByIndex[row.Product].Product.PriceDecimals;
            row.Price = Units(text, frame, parts[1], decimals, ref row.Flaw);
            frame.Add(in row);
        }
    }

    /// <summary>Each part must be a text; numbers are taken where <see cref="JsonFields.Count"/> reads them.</summary>
    private bool TryProduct(
        ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts, ref TradeRow row)
    {
        FrameFault fault = FrameFault.None;
        for (int i = 0; i < parts.Length; i++)
        {
            bool mayBeNumber = i == 1 && parts.Length > 2;
            if (parts[i].Kind != JsonKind.Text && !(mayBeNumber && parts[i].Kind == JsonKind.Number))
            {
                fault = parts[i].IsAbsent || fault == FrameFault.MissingField
                    ? FrameFault.MissingField
                    : FrameFault.WrongType;
            }
        }

        frame.Fail(fault);
        if (fault != FrameFault.None)
        {
            return false;
        }

        row.Product = products.IndexOf(fields.TextOf(text, parts[0]));
        if (row.Product < 0)
        {
            frame.ForeignRows++;
        }

        return row.Product >= 0;
    }

    private long Units(ReadOnlySpan<byte> text, FeedFrame frame, JsonPart part, int decimals, ref RowFlaw flaw)
    {
        TextFault fault = DecimalText.Parse(fields.TextOf(text, part), decimals, out long units);
        switch (fault)
        {
            case TextFault.None when units == 0:
                flaw = RowFlaw.Zero;
                break;
            case TextFault.None:
                break;
            case TextFault.TooManyDecimals or TextFault.TooLarge:
                flaw = flaw == RowFlaw.None ? RowFlaw.OffUnit : flaw;
                break;
            default:
                frame.Fail(FrameFault.BadNumber);
                break;
        }

        return units;
    }
}
