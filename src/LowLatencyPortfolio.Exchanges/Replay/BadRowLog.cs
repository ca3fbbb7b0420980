namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Counts bad rows and keeps the first ones.</summary>
internal sealed class BadRowLog
{
    private const int Kept = 20;

    private readonly List<BadRow> _first = new(Kept);

    public long Count { get; private set; }

    public IReadOnlyList<BadRow> First => _first;

    public void Add(BadRow row)
    {
        Count++;
        if (_first.Count < Kept)
        {
            _first.Add(row);
        }
    }

    /// <summary>More than 1 % of the rows.</summary>
    public static bool AreTooMany(long bad, long rows) => bad * 100 > rows;
}
