namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What the rounds of one candidate gave.</summary>
internal sealed class CandidateFigures(CandidateKind kind)
{
    private readonly List<double> _nsPerTick = [];
    private readonly List<double> _bytesPerTick = [];

    public CandidateKind Kind { get; } = kind;

    public double MedianNs => Median(_nsPerTick);

    public double LowestNs => _nsPerTick.Min();

    public double HighestNs => _nsPerTick.Max();

    public double MedianBytes => Median(_bytesPerTick);

    public long Collections { get; private set; }

    public IReadOnlyList<double> Rounds => _nsPerTick;

    public void Add(double nsPerTick, double bytesPerTick, int collections)
    {
        _nsPerTick.Add(nsPerTick);
        _bytesPerTick.Add(bytesPerTick);
        Collections += collections;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
