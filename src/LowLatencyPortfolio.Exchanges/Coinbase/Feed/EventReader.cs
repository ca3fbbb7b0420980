namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Reads the <c>events</c> of an Advanced Trade message.</summary>
/// <remarks>Thread: one. Allocation: none.</remarks>
internal sealed class EventReader(ProductTable products, JsonFields fields)
{
    private static readonly FieldNames Trade = new("product_id", "trade_id", "price", "size", "time");
    private static readonly FieldNames Ticker = new("product_id", "price");
    private static readonly FieldNames Status = new(
        "id", "base_increment", "quote_increment", "status", "status_message", "min_market_funds");

    private static readonly FieldNames TradeList = new("type", "trades");
    private static readonly FieldNames TickerList = new("type", "tickers");
    private static readonly FieldNames StatusList = new("type", "products");

    private readonly RowReader _rows = new(products, fields);

    /// <summary>Whether the events of a kind are looked at.</summary>
    public static bool Reads(FeedMessageKind kind) => kind is FeedMessageKind.Trades or FeedMessageKind.Ticker
        or FeedMessageKind.Status or FeedMessageKind.Subscriptions;

    /// <summary>Reads the value of <c>events</c>; of a kind that is not read it only checks the syntax.</summary>
    public void Read(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        if (!Reads(frame.Kind) || json.Kind() != JsonKind.Array)
        {
            frame.Fail(Reads(frame.Kind) ? FrameFault.WrongType : FrameFault.None);
            _ = json.Read();
            return;
        }

        _ = json.Enter();
        while (json.NextItem())
        {
            if (json.Kind() != JsonKind.Object)
            {
                frame.Fail(FrameFault.WrongType);
                _ = json.Read();
            }
            else if (frame.Kind == FeedMessageKind.Subscriptions)
            {
                ReadSubscriptions(ref json, text, frame);
            }
            else
            {
                ReadList(ref json, text, frame, ListOf(frame.Kind));
            }
        }
    }

    private static FieldNames ListOf(FeedMessageKind kind) => kind switch
    {
        FeedMessageKind.Trades => TradeList,
        FeedMessageKind.Ticker => TickerList,
        _ => StatusList,
    };

    /// <summary>An event: its type, and a list of trades, tickers or products in either order.</summary>
    private void ReadList(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame, FieldNames names)
    {
        JsonPart type = default;
        bool wasListRead = false;
        int firstRow = frame.Trades.Length;
        _ = json.Enter();
        while (json.NextField(out JsonPart name))
        {
            int field = names.IndexOf(fields.TextOf(text, name), wasListRead ? 0 : 1);
            if (field == 1 && !wasListRead)
            {
                wasListRead = true;
                ReadRows(ref json, text, frame);
                continue;
            }

            JsonPart value = json.Read();
            if (field == 0 && type.IsAbsent)
            {
                type = value;
            }
            else if (field >= 0)
            {
                frame.Fail(FrameFault.DuplicateField);
            }
        }

        if (type.Kind != JsonKind.Text || !wasListRead)
        {
            frame.Fail(type.IsAbsent || !wasListRead ? FrameFault.MissingField : FrameFault.WrongType);
        }
        else if (fields.TextOf(text, type).SequenceEqual("snapshot"u8))
        {
            foreach (ref TradeRow row in frame.Trades[firstRow..])
            {
                row.IsSnapshot = true;
            }
        }
    }

    private void ReadRows(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        if (json.Kind() != JsonKind.Array)
        {
            frame.Fail(FrameFault.WrongType);
            _ = json.Read();
            return;
        }

        _ = json.Enter();
        while (json.NextItem())
        {
            switch (frame.Kind)
            {
                case FeedMessageKind.Trades:
                    ReadTrade(ref json, text, frame);
                    break;
                case FeedMessageKind.Ticker:
                    ReadTicker(ref json, text, frame);
                    break;
                default:
                    ReadStatus(ref json, text, frame);
                    break;
            }
        }
    }

    private void ReadTrade(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        Span<JsonPart> parts = stackalloc JsonPart[5];
        if (ReadRow(ref json, text, frame, Trade, parts))
        {
            _rows.AddTrade(text, frame, parts, isSnapshot: false);
        }
    }

    private void ReadTicker(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        Span<JsonPart> parts = stackalloc JsonPart[2];
        if (ReadRow(ref json, text, frame, Ticker, parts))
        {
            _rows.AddTicker(text, frame, parts, isSnapshot: false);
        }
    }

    private void ReadStatus(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        Span<JsonPart> parts = stackalloc JsonPart[6];
        if (!ReadRow(ref json, text, frame, Status, parts))
        {
            return;
        }

        bool isWrong = false;
        foreach (JsonPart part in parts)
        {
            isWrong |= !part.IsAbsent && part.Kind != JsonKind.Text;
        }

        frame.Fail(isWrong ? FrameFault.WrongType : FrameFault.None);
        frame.Fail(parts[0].IsAbsent || parts[3].IsAbsent ? FrameFault.MissingField : FrameFault.None);
        int product = parts[0].Kind == JsonKind.Text ? products.IndexOf(fields.TextOf(text, parts[0])) : -1;
        if (product >= 0)
        {
            frame.Add(new StatusRow
            {
                Product = product, BaseIncrement = parts[1], QuoteIncrement = parts[2], Status = parts[3],
                Message = parts[4], MinMarketFunds = parts[5],
            });
        }
    }

    private bool ReadRow(
        ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame, FieldNames names, scoped Span<JsonPart> parts)
    {
        bool isObject = json.Kind() == JsonKind.Object;
        frame.Fail(fields.ReadObject(ref json, text, names, parts));
        return isObject && !json.IsBroken;
    }

    /// <summary>Channels with their products; only that of the trades is of interest.</summary>
    private void ReadSubscriptions(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        bool wasRead = false;
        _ = json.Enter();
        while (json.NextField(out JsonPart name))
        {
            if (!fields.TextOf(text, name).SequenceEqual("subscriptions"u8))
            {
                _ = json.Read();
            }
            else if (wasRead || json.Kind() != JsonKind.Object)
            {
                frame.Fail(wasRead ? FrameFault.DuplicateField : FrameFault.WrongType);
                _ = json.Read();
                wasRead = true;
            }
            else
            {
                wasRead = true;
                ReadChannels(ref json, text, frame);
            }
        }

        frame.Fail(wasRead ? FrameFault.None : FrameFault.MissingField);
    }

    private void ReadChannels(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        frame.ListsTrades = true;
        _ = json.Enter();
        while (json.NextField(out JsonPart name))
        {
            if (!fields.TextOf(text, name).SequenceEqual("market_trades"u8))
            {
                _ = json.Read();
            }
            else
            {
                ReadProducts(ref json, text, frame, fields, products);
            }
        }
    }

    /// <summary>Marks the products of a list of names as acknowledged.</summary>
    public static void ReadProducts(
        ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame, JsonFields fields, ProductTable products)
    {
        if (json.Kind() != JsonKind.Array)
        {
            frame.Fail(FrameFault.WrongType);
            _ = json.Read();
            return;
        }

        _ = json.Enter();
        while (json.NextItem())
        {
            JsonPart product = json.Read();
            int index = product.Kind == JsonKind.Text ? products.IndexOf(fields.TextOf(text, product)) : -1;
            if (index >= 0)
            {
                frame.Acknowledged[index] = true;
            }
        }
    }
}
