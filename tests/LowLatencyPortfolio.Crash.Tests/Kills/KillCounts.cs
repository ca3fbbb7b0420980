using System.Globalization;

namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>What happened in kill chains.</summary>
internal sealed class KillCounts
{
    private readonly List<TimeSpan> _protected = [];
    private readonly int[] _underWay = new int[Enum.GetValues<UnderWay>().Length];

    public int InStart { get; set; }

    public int InTrading { get; set; }

    public int InStop { get; set; }

    public int Kills => InStart + InTrading + InStop;

    /// <summary>Starts that found something different at the venue.</summary>
    public int WithDifferences { get; private set; }

    public int Fills { get; set; }

    public int Entries { get; set; }

    /// <summary>Times a stop was moved.</summary>
    public int Moves { get; set; }

    /// <summary>Positions that were sold.</summary>
    public int Closed { get; set; }

    /// <summary>Sells of a part.</summary>
    public int Reductions { get; set; }

    /// <summary>How many kills lay inside something.</summary>
    public int Of(UnderWay what) => _underWay[(int)what];

    /// <summary>A kill lay inside all of these.</summary>
    public void AddUnderWay(IEnumerable<UnderWay> all)
    {
        foreach (UnderWay what in all)
        {
            _underWay[(int)what]++;
        }
    }

    public void AddDifferences(int count) => WithDifferences += count > 0 ? 1 : 0;

    /// <summary>A start had every position protected so long after it was ready.</summary>
    public void AddProtected(TimeSpan after) => _protected.Add(after);

    public void Add(KillCounts other)
    {
        InStart += other.InStart;
        InTrading += other.InTrading;
        InStop += other.InStop;
        WithDifferences += other.WithDifferences;
        Fills += other.Fills;
        Entries += other.Entries;
        Moves += other.Moves;
        Closed += other.Closed;
        Reductions += other.Reductions;
        _protected.AddRange(other._protected);
        for (int i = 0; i < _underWay.Length; i++)
        {
            _underWay[i] += other._underWay[i];
        }
    }

    public override string ToString()
    {
        double[] sorted = [.. _protected.Select(after => after.TotalMilliseconds).Order()];
        string[] seen = [.. Enum.GetValues<UnderWay>().Select(what => $"{what} {Of(what)}")];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills ({InStart} in the start, {InTrading} while trading, {InStop} in the stop), "
            + $"{WithDifferences} starts found differences, {Entries} entries, {Fills} fills, {Moves} stops moved, "
            + $"{Closed} positions sold, {Reductions} parts sold; under way at a kill: {string.Join(", ", seen)}; "
            + $"protected after readiness, ms: p50 {At(sorted, 0.5):0}, p90 {At(sorted, 0.9):0}, "
            + $"p99 {At(sorted, 0.99):0}, most {At(sorted, 1):0} of {sorted.Length}");
    }

    private static double At(double[] sorted, double part) =>
        sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];
}
