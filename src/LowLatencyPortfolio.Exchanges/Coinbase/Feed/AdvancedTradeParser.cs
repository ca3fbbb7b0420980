namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// Reads Advanced Trade messages: an envelope with <c>channel</c>, <c>sequence_num</c> and <c>events</c>.
/// </summary>
/// <remarks>
/// One pass when <c>channel</c> stands before <c>events</c>, as the venue writes it; in any other order the events are
/// skipped and visited again. <c>client_id</c> is not required: the venue stopped sending it.
/// </remarks>
internal sealed class AdvancedTradeParser : IFrameParser
{
    private const int Channel = 0;
    private const int Sequence = 2;
    private const int Type = 4;
    private static readonly FieldNames Envelope =
        new("channel", "timestamp", "sequence_num", "events", "type", "message", "reason");

    private readonly JsonFields _fields = new();
    private readonly EventReader _events;

    public AdvancedTradeParser(ProductTable products) => _events = new EventReader(products, _fields);

    public void Parse(ReadOnlySpan<byte> text, FeedFrame frame)
    {
        frame.Clear();
        JsonScanner json = new(text);
        if (json.Kind() == JsonKind.Object)
        {
            ReadEnvelope(ref json, text, frame);
        }
        else
        {
            _ = json.Read();
            frame.Fail(FrameFault.NotAnObject);
        }

        json.End();
        if (json.IsBroken)
        {
            frame.Reject(FrameFault.Syntax);
        }

        frame.Complete();
    }

    private void ReadEnvelope(ref JsonScanner json, ReadOnlySpan<byte> text, FeedFrame frame)
    {
        const int Events = 3;
        Span<JsonPart> parts = stackalloc JsonPart[Envelope.Count];
        bool wereEventsRead = false;
        int expected = 0;
        _ = json.Enter();
        while (json.NextField(out JsonPart name))
        {
            int field = Envelope.IndexOf(_fields.TextOf(text, name), expected);
            if (field == Events && parts[Events].IsAbsent && parts[Channel].Kind == JsonKind.Text)
            {
                frame.Kind = KindOf(_fields.TextOf(text, parts[Channel]));
                parts[Events] = new JsonPart(0, 0, json.Kind());
                _events.Read(ref json, text, frame);
                wereEventsRead = true;
                continue;
            }

            JsonPart value = json.Read();
            if (field >= 0)
            {
                expected = field + 1;
                frame.Fail(parts[field].IsAbsent ? FrameFault.None : FrameFault.DuplicateField);
                parts[field] = parts[field].IsAbsent ? value : parts[field];
            }
        }

        if (!json.IsBroken)
        {
            Conclude(text, frame, parts, wereEventsRead ? default : parts[Events]);
        }
    }

    private void Conclude(ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts, JsonPart events)
    {
        if (parts[Channel].IsAbsent)
        {
            ConcludeError(text, frame, parts);
            return;
        }

        if (parts[Channel].Kind != JsonKind.Text)
        {
            frame.Fail(FrameFault.WrongType);
            return;
        }

        frame.Kind = KindOf(_fields.TextOf(text, parts[Channel]));
        frame.Fail(_fields.Count(text, parts[Sequence], out long sequence));
        frame.Sequence = _fields.Count(text, parts[Sequence], out _) == FrameFault.None ? sequence : -1;
        if (!events.IsAbsent)
        {
            JsonScanner json = JsonScanner.At(text, events.Kind == JsonKind.Text ? events.Start - 1 : events.Start);
            _events.Read(ref json, text, frame);
        }
        else if (parts[3].IsAbsent && EventReader.Reads(frame.Kind))
        {
            frame.Fail(FrameFault.MissingField);
        }

        if (frame.Kind == FeedMessageKind.Ticker)
        {
            frame.Fail(Time(text, parts[1], out long sentAtNs));
            frame.SentAtNs = sentAtNs;
        }
    }

    /// <summary>Only errors have no channel.</summary>
    private void ConcludeError(ReadOnlySpan<byte> text, FeedFrame frame, ReadOnlySpan<JsonPart> parts)
    {
        if (parts[Type].Kind != JsonKind.Text)
        {
            frame.Fail(parts[Type].IsAbsent ? FrameFault.NoKind : FrameFault.WrongType);
        }
        else if (_fields.TextOf(text, parts[Type]).SequenceEqual("error"u8))
        {
            frame.Kind = FeedMessageKind.Error;
            frame.ErrorMessage = parts[5];
            frame.ErrorReason = parts[6];
        }
    }

    private FrameFault Time(ReadOnlySpan<byte> text, JsonPart part, out long timeNs)
    {
        timeNs = 0;
        if (part.Kind != JsonKind.Text)
        {
            return part.IsAbsent ? FrameFault.MissingField : FrameFault.WrongType;
        }

        return Replay.UtcTimeText.TryParse(_fields.TextOf(text, part), out timeNs)
            ? FrameFault.None
            : FrameFault.BadTime;
    }

    private static FeedMessageKind KindOf(ReadOnlySpan<byte> channel) => channel switch
    {
        _ when channel.SequenceEqual("market_trades"u8) => FeedMessageKind.Trades,
        _ when channel.SequenceEqual("ticker"u8) => FeedMessageKind.Ticker,
        _ when channel.SequenceEqual("heartbeats"u8) => FeedMessageKind.Heartbeat,
        _ when channel.SequenceEqual("subscriptions"u8) => FeedMessageKind.Subscriptions,
        _ when channel.SequenceEqual("status"u8) => FeedMessageKind.Status,
        _ when channel.SequenceEqual("ticker_batch"u8) => FeedMessageKind.Ticker,
        _ => FeedMessageKind.Unknown,
    };
}
