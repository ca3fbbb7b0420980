using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LowLatencyPortfolio.Signals;

/// <summary>Hierarchical clustering by average linkage, cut at two heights at once.</summary>
/// <remarks>
/// <para>Thread: one owner. Allocation: none after construction. Cost: O(n²) by nearest-neighbour chains, which end
/// early where no neighbour is within the wider cut.</para>
/// <para>Distance: √((1 − ρ)/2), 0 to 1: a metric, half of Mantegna's √(2(1 − ρ)). Average linkage: single linkage
/// chains unlike pairs through go-betweens, complete linkage lets one odd pair keep a cluster apart. Average linkage is
/// reducible: a merge never comes nearer to a third cluster than both of its parts were, so a cluster without a
/// neighbour within the cut is finished, and chains find the same clusters as looking for the nearest two each time,
/// but for exact ties, which go to the smaller index.</para>
/// <para>Source: R. N. Mantegna, "Hierarchical structure in financial markets", Eur. Phys. J. B 11, 1999; F. Murtagh,
/// "A survey of recent advances in hierarchical clustering algorithms", Computer Journal 26(4), 1983.</para>
/// </remarks>
internal sealed class AverageLinkage
{
    private readonly int _pairs;
    private readonly double _tightCut;
    private readonly double _looseCut;
    private readonly double[] _distances;
    private readonly int[] _sizes;
    private readonly bool[] _isWhole;
    private readonly int[] _active;
    private readonly int[] _chain;
    private readonly int[] _tight;
    private readonly int[] _loose;
    private int _activeCount;
    private int _chainCount;

    public AverageLinkage(int pairs, double tightCorrelation, double looseCorrelation)
    {
        _pairs = pairs;
        _tightCut = DistanceOf(tightCorrelation);
        _looseCut = DistanceOf(looseCorrelation);
        _distances = new double[pairs * pairs];
        _sizes = new int[pairs];
        _isWhole = new bool[pairs];
        _active = new int[pairs];
        _chain = new int[pairs + 1];
        _tight = new int[pairs];
        _loose = new int[pairs];
    }

    /// <summary>
    /// By pair, the smallest pair of its cluster at the narrower cut; these lie inside those of the wider.
    /// </summary>
    public ReadOnlySpan<int> Tight => _tight;

    /// <summary>By pair, the smallest pair of its cluster at the wider cut.</summary>
    public ReadOnlySpan<int> Loose => _loose;

    public static double DistanceOf(double correlation) => Math.Sqrt(Math.Max(0, (1 - correlation) * 0.5));

    /// <summary>Clusters anew.</summary>
    /// <param name="estimator">Correlations; a pair that is not measured stays alone.</param>
    public void Cluster(CorrelationEstimator estimator)
    {
        Start(estimator);
        while (_activeCount > 0)
        {
            if (_chainCount == 0)
            {
                _chain[_chainCount++] = _active[0];
            }

            Step();
        }

        for (int i = 0; i < _pairs; i++)       // parents are smaller, so theirs are final already
        {
            _tight[i] = _tight[_tight[i]];
            _loose[i] = _loose[_loose[i]];
        }
    }

    private void Start(CorrelationEstimator estimator)
    {
        WriteDistances(estimator.Correlations);
        _activeCount = 0;
        _chainCount = 0;
        for (int i = 0; i < _pairs; i++)
        {
            _sizes[i] = 1;
            _isWhole[i] = true;
            _tight[i] = i;
            _loose[i] = i;
            if (estimator.IsMeasured(i))
            {
                _active[_activeCount++] = i;
            }
        }
    }

    private void WriteDistances(ReadOnlySpan<double> correlations)
    {
        ref double source = ref MemoryMarshal.GetReference(correlations);
        ref double target = ref MemoryMarshal.GetArrayDataReference(_distances);
        int i = 0;
        for (; i <= _distances.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> half = (Vector256<double>.One - Vector256.LoadUnsafe(ref source, (nuint)i)) * 0.5;
            Vector256.Sqrt(Vector256.Max(half, Vector256<double>.Zero)).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < _distances.Length; i++)
        {
            _distances[i] = DistanceOf(correlations[i]);
        }
    }

    private void Step()
    {
        int top = _chain[_chainCount - 1];
        int before = _chainCount > 1 ? _chain[_chainCount - 2] : -1;
        (int nearest, double distance) = NearestOf(top, before);
        if (nearest < 0 || distance > _looseCut)
        {
            Finish(top);
        }
        else if (nearest == before)
        {
            _chainCount -= 2;
            Merge(Math.Min(top, before), Math.Max(top, before), distance);
        }
        else
        {
            _chain[_chainCount++] = nearest;
        }
    }

    /// <summary>The nearest cluster; of equally near ones the chain's last but one, else the smallest.</summary>
    private (int Nearest, double Distance) NearestOf(int cluster, int preferred)
    {
        ReadOnlySpan<double> row = _distances.AsSpan(cluster * _pairs, _pairs);
        (int nearest, double least) = preferred >= 0 ? (preferred, row[preferred]) : (-1, double.PositiveInfinity);
        foreach (int other in _active.AsSpan(0, _activeCount))
        {
            double distance = row[other];
            if (distance < least && other != cluster)
            {
                (nearest, least) = (other, distance);
            }
        }

        return (nearest, least);
    }

    private void Finish(int cluster)
    {
        _chainCount--;
        Deactivate(cluster);
    }

    private void Merge(int kept, int gone, double height)
    {
        Deactivate(gone);
        double all = _sizes[kept] + _sizes[gone];
        double keptShare = _sizes[kept] / all;
        double goneShare = _sizes[gone] / all;
        foreach (int other in _active.AsSpan(0, _activeCount))
        {
            ref double distance = ref _distances[(kept * _pairs) + other];
            double mean = (keptShare * distance) + (goneShare * _distances[(gone * _pairs) + other]);
            distance = mean;
            _distances[(other * _pairs) + kept] = mean;
        }

        _sizes[kept] += _sizes[gone];
        _loose[gone] = kept;
        _isWhole[kept] = _isWhole[kept] && _isWhole[gone] && height <= _tightCut;
        if (_isWhole[kept])
        {
            _tight[gone] = kept;
        }
    }

    /// <summary>
    /// Takes a cluster out and leaves the rest in rising order, so that ties do not depend on history.
    /// </summary>
    private void Deactivate(int cluster)
    {
        Span<int> active = _active.AsSpan(0, _activeCount);
        int place = active.BinarySearch(cluster);
        active[(place + 1)..].CopyTo(active[place..]);
        _activeCount--;
    }
}
