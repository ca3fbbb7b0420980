using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What one message means for the connection: counts it, checks its number, hands its content on.</summary>
/// <remarks>
/// Thread: the feed's. Allocation: none but for errors and changes of a product. A message that reveals a gap is not
/// handed on: the snapshot of the next connection brings its trades again, after those that are missing.
/// </remarks>
internal sealed class FeedReader(
    CoinbaseFeedOptions options, ProductTable products, ProductHealth health, IMarketSink sink, FeedCounters counters)
{
    private const int MaxErrorLength = 300;

    private readonly FeedFrame _frame = new(products.Count);
    private readonly TickGate _gate = new(products, health, sink, counters);
    private readonly TimeProvider _time = options.Time;
    private readonly IFrameParser _parser = options.Source == CoinbaseFeedSource.AdvancedTrade
        ? new AdvancedTradeParser(products)
        : new ExchangeParser(products);

    // The Exchange feed says of each product every second that it is alive.
    private readonly TimeSpan? _productTimeout =
        options.Source == CoinbaseFeedSource.ExchangeMatches && !(options.ProductTimeout < options.HeartbeatTimeout)
            ? options.HeartbeatTimeout
            : options.ProductTimeout;

    private long _nextSequence = -1;
    private long _openedAt;
    private long _heartbeatAt;
    private bool _isOpen;

    public StatusWatch Statuses { get; } = new(products);

    public RefusedBooks Refused { get; } = new(products);

    /// <summary>A connection is about to be made.</summary>
    public void Begin()
    {
        _isOpen = false;
        _openedAt = _time.GetTimestamp();
        _nextSequence = -1;
        Refused.Clear();
        _gate.Disconnect();
    }

    /// <summary>The connection stands and the subscriptions are sent.</summary>
    public void Open()
    {
        _isOpen = true;
        _openedAt = _time.GetTimestamp();
        _heartbeatAt = _openedAt;
    }

    /// <summary>How long the connection has stood.</summary>
    public TimeSpan Age => _isOpen ? _time.GetElapsedTime(_openedAt) : TimeSpan.Zero;

    /// <summary>Looks at the clock.</summary>
    /// <returns>Why the connection must end; <see cref="FeedEnd.None"/> when it need not.</returns>
    public FeedEnd Check()
    {
        long now = _time.GetTimestamp();
        if (!_isOpen)
        {
            return _time.GetElapsedTime(_openedAt, now) > options.ConnectTimeout ? FeedEnd.NotConnected : FeedEnd.None;
        }

        if (_time.GetElapsedTime(_heartbeatAt, now) > options.HeartbeatTimeout)
        {
            return FeedEnd.Stalled;
        }

        if (!health.AnySynchronized && _time.GetElapsedTime(_openedAt, now) > options.SubscribeTimeout)
        {
            return FeedEnd.NotSubscribed;
        }

        if (_productTimeout is { } timeout)
        {
            health.CheckSilence(now - (long)(timeout.TotalSeconds * _time.TimestampFrequency));
        }

        return FeedEnd.None;
    }

    /// <summary>Takes a whole message.</summary>
    /// <returns>Why the connection must end; <see cref="FeedEnd.None"/> when it need not.</returns>
    public FeedEnd Take(ReadOnlySpan<byte> text)
    {
        // First the clock: after a pause of the process a heartbeat may lie in the socket that is as old as the pause.
        FeedEnd end = Check();
        if (end != FeedEnd.None)
        {
            return end;
        }

        counters.Add(FeedCount.Bytes, text.Length);
        _parser.Parse(text, _frame);
        counters.Message(_frame.Kind, _frame.Fault);
        return TakeSequence(out bool isOld) && !isOld ? Take(_frame, text) : isOld ? FeedEnd.None : FeedEnd.Gap;
    }

    /// <summary>Takes a message that could not even be looked at.</summary>
    /// <returns>Why the connection must end: it may have held trades.</returns>
    public FeedEnd Refuse(FrameFault fault)
    {
        counters.Message(FeedMessageKind.Unknown, fault);
        return FeedEnd.Malformed;
    }

    /// <returns>False when a number was left out.</returns>
    private bool TakeSequence(out bool isOld)
    {
        long sequence = _frame.Sequence;
        isOld = sequence >= 0 && sequence < _nextSequence;
        if (isOld)
        {
            counters.Add(FeedCount.OutOfOrder);
            return true;
        }

        if (sequence >= 0 && _nextSequence >= 0 && sequence > _nextSequence)
        {
            counters.Add(FeedCount.Gaps);
            return false;
        }

        _nextSequence = sequence >= 0 ? sequence + 1 : _nextSequence;
        return true;
    }

    private FeedEnd Take(FeedFrame frame, ReadOnlySpan<byte> text)
    {
        if (frame.Fault != FrameFault.None)
        {
            // What cannot have been trades is counted and no more.
            bool mayBeTrades = frame.Kind == FeedMessageKind.Trades
                || (frame.Kind == FeedMessageKind.Unknown && frame.Sequence < 0);
            return mayBeTrades ? FeedEnd.Malformed : FeedEnd.None;
        }

        counters.Add(FeedCount.ForeignRows, frame.ForeignRows);
        long now = _time.GetTimestamp();
        switch (frame.Kind)
        {
            case FeedMessageKind.Trades:
                _gate.Take(frame.Trades, now);
                break;
            case FeedMessageKind.Ticker:
                _gate.TakeTickers(frame.Trades, frame.SentAtNs, options.TickerPrices && frame.SentAtNs > 0, now);
                break;
            case FeedMessageKind.Heartbeat:
                return TakeHeartbeat(frame, now);
            case FeedMessageKind.Subscriptions:
                CountUnacknowledged(frame);
                break;
            case FeedMessageKind.Status:
                Statuses.Take(text, frame);
                break;
            case FeedMessageKind.Error:
                counters.LastError = Words(text, frame);
                Refused.Take(text.Slice(frame.ErrorReason.Start, frame.ErrorReason.Length));
                break;
            default:
                break;
        }

        return FeedEnd.None;
    }

    private FeedEnd TakeHeartbeat(FeedFrame frame, long now)
    {
        _heartbeatAt = now;
        if (frame.Product < 0 || _gate.TakeHeartbeat(frame.Product, frame.LastTradeId, now))
        {
            return FeedEnd.None;
        }

        counters.Add(FeedCount.Gaps);
        return FeedEnd.Gap;
    }

    private void CountUnacknowledged(FeedFrame frame)
    {
        int missing = 0;
        foreach (Pipeline.PairSetup pair in products.Pairs)
        {
            missing += frame.Acknowledged[pair.Index] ? 0 : 1;
        }

        counters.Set(FeedCount.UnacknowledgedProducts, frame.ListsTrades ? missing : 0);
    }

    /// <summary>The venue's words without what could forge a line of a log.</summary>
    private static string Words(ReadOnlySpan<byte> text, FeedFrame frame)
    {
        string message = Encoding.UTF8.GetString(text.Slice(frame.ErrorMessage.Start, frame.ErrorMessage.Length));
        string reason = Encoding.UTF8.GetString(text.Slice(frame.ErrorReason.Start, frame.ErrorReason.Length));
        string words = reason.Length == 0 ? message : $"{message}: {reason}";
        return new string([.. words.Take(MaxErrorLength).Select(c => char.IsControl(c) ? '?' : c)]);
    }
}
