namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What one message says, all of it or, with a fault, nothing but its kind and number.</summary>
/// <remarks>Thread: one. Used again for each message; grows to the longest one, then allocates nothing.</remarks>
/// <param name="products">Number of products.</param>
internal sealed class FeedFrame(int products)
{
    private readonly bool[] _acknowledged = new bool[products];
    private TradeRow[] _trades = new TradeRow[128];
    private StatusRow[] _statuses = new StatusRow[16];
    private int _tradeCount;
    private int _statusCount;

    public FeedMessageKind Kind { get; set; }

    public FrameFault Fault { get; private set; }

    /// <summary>The connection's running number; −1 when there is none or it could not be read.</summary>
    public long Sequence { get; set; }

    /// <summary>When the venue sent it, ns UTC; read of tickers only, else 0.</summary>
    public long SentAtNs { get; set; }

    /// <summary>Trades or tickers of products that are not ours.</summary>
    public int ForeignRows { get; set; }

    /// <summary>The product of a heartbeat; −1 for one of the whole connection.</summary>
    public int Product { get; set; }

    /// <summary>The newest trade that a product's heartbeat names; 0 when none.</summary>
    public long LastTradeId { get; set; }

    /// <summary>Whether it lists what the connection's trades are subscribed to.</summary>
    public bool ListsTrades { get; set; }

    /// <summary>An error's words.</summary>
    public JsonPart ErrorMessage { get; set; }

    /// <summary>An error's further words.</summary>
    public JsonPart ErrorReason { get; set; }

    /// <summary>Trades, or a ticker's prices, in the order of the message.</summary>
    public Span<TradeRow> Trades => _trades.AsSpan(0, _tradeCount);

    public ReadOnlySpan<StatusRow> Statuses => _statuses.AsSpan(0, _statusCount);

    /// <summary>By product, whether its trades are subscribed; only with <see cref="ListsTrades"/>.</summary>
    public Span<bool> Acknowledged => _acknowledged;

    public void Clear()
    {
        Kind = FeedMessageKind.Unknown;
        Fault = FrameFault.None;
        Sequence = -1;
        Empty();
    }

    /// <summary>Notes a fault; the gravest stays.</summary>
    public void Fail(FrameFault fault)
    {
        if (fault != FrameFault.None && (Fault == FrameFault.None || fault < Fault))
        {
            Fault = fault;
        }
    }

    /// <summary>The whole message is worth nothing: only the fault stays.</summary>
    public void Reject(FrameFault fault)
    {
        Clear();
        Fault = fault;
    }

    /// <summary>Ends the reading: a message with a fault has no content.</summary>
    public void Complete()
    {
        if (Fault != FrameFault.None)
        {
            Empty();
        }
    }

    public void Add(in TradeRow row)
    {
        if (_tradeCount == _trades.Length)
        {
            Array.Resize(ref _trades, 2 * _trades.Length);
        }

        _trades[_tradeCount++] = row;
    }

    public void Add(in StatusRow row)
    {
        if (_statusCount == _statuses.Length)
        {
            Array.Resize(ref _statuses, 2 * _statuses.Length);
        }

        _statuses[_statusCount++] = row;
    }

    private void Empty()
    {
        _tradeCount = 0;
        _statusCount = 0;
        SentAtNs = 0;
        ForeignRows = 0;
        Product = -1;
        LastTradeId = 0;
        ErrorMessage = default;
        ErrorReason = default;
        if (ListsTrades)
        {
            ListsTrades = false;
            Array.Clear(_acknowledged);
        }
    }
}
