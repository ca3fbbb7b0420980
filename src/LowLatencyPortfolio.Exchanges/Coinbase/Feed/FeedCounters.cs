namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What the feed counts: written by its thread alone, read by any.</summary>
internal sealed class FeedCounters
{
    private readonly long[] _kinds = new long[Enum.GetValues<FeedMessageKind>().Length];
    private readonly long[] _faults = new long[Enum.GetValues<FrameFault>().Length];
    private readonly long[] _ends = new long[Enum.GetValues<FeedEnd>().Length];
    private readonly long[] _counts = new long[Enum.GetValues<FeedCount>().Length];
    private string? _lastError;

    /// <summary>The venue's last refusal or the last failure to connect.</summary>
    public string? LastError
    {
        get => Volatile.Read(ref _lastError);
        set => Volatile.Write(ref _lastError, value);
    }

    public void Message(FeedMessageKind kind, FrameFault fault)
    {
        if (fault == FrameFault.None)
        {
            Add(_kinds, (int)kind, 1);
        }
        else
        {
            Add(_faults, (int)fault, 1);
        }
    }

    public void Ended(FeedEnd end) => Add(_ends, (int)end, 1);

    public void Add(FeedCount what, long by = 1) => Add(_counts, (int)what, by);

    public void Set(FeedCount what, long value) => Volatile.Write(ref _counts[(int)what], value);

    public long this[FeedCount what] => Volatile.Read(ref _counts[(int)what]);

    public CoinbaseFeedReadings Read() => new()
    {
        Messages = Named<FeedMessageKind>(_kinds),
        Malformed = Named<FrameFault>(_faults),
        Ends = Named<FeedEnd>(_ends),
        Counts = Named<FeedCount>(_counts),
        LastError = LastError,
    };

    private static void Add(long[] counts, int index, long by) => Volatile.Write(ref counts[index], counts[index] + by);

    private static Dictionary<T, long> Named<T>(long[] counts)
        where T : struct, Enum =>
        Enum.GetValues<T>().Index().ToDictionary(pair => pair.Item, pair => Volatile.Read(ref counts[pair.Index]));
}
