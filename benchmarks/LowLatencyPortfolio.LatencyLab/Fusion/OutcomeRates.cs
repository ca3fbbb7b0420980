namespace LowLatencyPortfolio.LatencyLab;

/// <summary>How often a rise followed, overall and by the votes that stood; only outcomes known by then.</summary>
internal sealed class OutcomeRates
{
    private const double Prior = 50;      // examples' worth of the overall rate in the rate of a number of votes
    private readonly double[] _rises;
    private readonly double[] _all;

    public OutcomeRates(int kinds)
    {
        _rises = new double[kinds];
        _all = new double[kinds];
    }

    public double BaseRate => (_rises.Sum() + 1) / (_all.Sum() + 2);

    public double RateOf(int kind) => (_rises[kind] + (Prior * BaseRate)) / (_all[kind] + Prior);

    public void Add(int kind, bool rose)
    {
        _rises[kind] += rose ? 1 : 0;
        _all[kind]++;
    }
}
