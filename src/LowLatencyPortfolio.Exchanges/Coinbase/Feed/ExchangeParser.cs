namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Reads messages of the Exchange feed: flat objects that say their <c>type</c>.</summary>
/// <remarks>Thread: one. Allocation: none.</remarks>
internal sealed class ExchangeParser(ProductTable products) : IFrameParser
{
    private const int Product = 0;
    private const int Price = 2;
    private const int Type = 5;
    private const int LastTradeId = 6;
    private const int Channels = 7;
    private static readonly FieldNames Names = new(
        "product_id", "trade_id", "price", "size", "time", "type", "last_trade_id", "channels", "message", "reason");

    private static readonly FieldNames Subscription = new("name", "product_ids");

    private readonly JsonFields _fields = new();
    private RowReader? _rows;

    private RowReader Rows => _rows ??= new RowReader(products, _fields);

    public void Parse(ReadOnlySpan<byte> text, FeedFrame frame)
    {
        frame.Clear();
        JsonScanner json = new(text);
        Span<JsonPart> parts = stackalloc JsonPart[10];
        bool isObject = json.Kind() == JsonKind.Object;
        FrameFault fault = _fields.ReadObject(ref json, text, Names, parts);
        json.End();
        if (json.IsBroken)
        {
            frame.Reject(FrameFault.Syntax);
            return;
        }

        frame.Fail(isObject ? fault : FrameFault.NotAnObject);
        if (isObject)
        {
            Conclude(text, frame, parts);
        }

        frame.Complete();
    }

    private void Conclude(ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts)
    {
        if (parts[Type].Kind != JsonKind.Text)
        {
            frame.Fail(parts[Type].IsAbsent ? FrameFault.NoKind : FrameFault.WrongType);
            return;
        }

        ReadOnlySpan<byte> type = _fields.TextOf(text, parts[Type]);
        bool isLast = type.SequenceEqual("last_match"u8);
        frame.Kind = isLast ? FeedMessageKind.Trades : KindOf(type);
        switch (frame.Kind)
        {
            case FeedMessageKind.Trades:
                Rows.AddTrade(text, frame, parts[..5], isSnapshot: isLast);
                break;
            case FeedMessageKind.Ticker:
                Rows.AddTicker(text, frame, [parts[Product], parts[Price]], isSnapshot: false);
                break;
            case FeedMessageKind.Heartbeat:
                ConcludeHeartbeat(text, frame, parts);
                break;
            case FeedMessageKind.Subscriptions:
                ReadSubscriptions(text, frame, parts[Channels]);
                break;
            case FeedMessageKind.Error:
                frame.ErrorMessage = parts[8];
                frame.ErrorReason = parts[9];
                break;
            default:
                break;
        }
    }

    /// <summary>A product's, once a second, with the number of its newest trade.</summary>
    private void ConcludeHeartbeat(ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts)
    {
        frame.Fail(_fields.Count(text, parts[LastTradeId], out long lastTradeId));
        frame.LastTradeId = lastTradeId;
        if (parts[Product].Kind == JsonKind.Text)
        {
            frame.Product = products.IndexOf(_fields.TextOf(text, parts[Product]));
        }
        else
        {
            frame.Fail(parts[Product].IsAbsent ? FrameFault.MissingField : FrameFault.WrongType);
        }
    }

    private void ReadSubscriptions(ReadOnlySpan<byte> text, FeedFrame frame, JsonPart channels)
    {
        if (channels.Kind != JsonKind.Array)
        {
            frame.Fail(channels.IsAbsent ? FrameFault.MissingField : FrameFault.WrongType);
            return;
        }

        frame.ListsTrades = true;
        JsonScanner json = JsonScanner.At(text, channels.Start);
        Span<JsonPart> parts = stackalloc JsonPart[2];
        _ = json.Kind();
        _ = json.Enter();
        while (json.NextItem())
        {
            parts.Clear();
            frame.Fail(_fields.ReadObject(ref json, text, Subscription, parts));
            bool isTrades = parts[0].Kind == JsonKind.Text
                && _fields.TextOf(text, parts[0]).SequenceEqual("matches"u8);
            if (isTrades && !parts[1].IsAbsent)
            {
                int start = parts[1].Kind == JsonKind.Text ? parts[1].Start - 1 : parts[1].Start;
                JsonScanner list = JsonScanner.At(text, start);
                EventReader.ReadProducts(ref list, text, frame, _fields, products);
            }
        }
    }

    private static FeedMessageKind KindOf(ReadOnlySpan<byte> type) => type switch
    {
        _ when type.SequenceEqual("match"u8) => FeedMessageKind.Trades,
        _ when type.SequenceEqual("heartbeat"u8) => FeedMessageKind.Heartbeat,
        _ when type.SequenceEqual("ticker"u8) => FeedMessageKind.Ticker,
        _ when type.SequenceEqual("subscriptions"u8) => FeedMessageKind.Subscriptions,
        _ when type.SequenceEqual("error"u8) => FeedMessageKind.Error,
        _ => FeedMessageKind.Unknown,
    };
}
