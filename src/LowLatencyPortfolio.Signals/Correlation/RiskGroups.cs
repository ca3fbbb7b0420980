using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>Groups of pairs that move together, measured, and slow to change.</summary>
/// <remarks>
/// <para>Thread: one owner. Allocation: none after construction. Cost: O(n²) a close.</para>
/// <para>Rule: each close is clustered at two cuts (<see cref="CorrelationOptions.JoinCorrelation"/> and
/// <see cref="CorrelationOptions.LeaveCorrelation"/>). Pairs that were in one narrow cluster at each of the last
/// <see cref="CorrelationOptions.ConfirmCloses"/> closes are in one group, with all of their groups. Members of a group
/// part when no chain of members ties them any more, two members being tied until they were in different wide clusters
/// at each of so many closes. What lies between changes nothing, so a correlation that moves about one threshold makes
/// no group flap; nor does a close at which one of the two is not measured.</para>
/// <para>Numbers: a group is named after its member whose product id is the first in ordinal order, whatever the order
/// of the pairs.</para>
/// </remarks>
public sealed class RiskGroups
{
    private readonly AverageLinkage _linkage;
    private readonly int _confirm;
    private readonly int[] _rank;
    private readonly int[] _groups;
    private readonly int[] _parents;
    private readonly int[] _names;
    private readonly sbyte[] _runs;       // by pair of pairs, j > i: closes in a row tight (above 0) or apart (below 0)
    private readonly GroupChange[] _changes;

    /// <summary>Starts with every pair in a group of its own.</summary>
    /// <param name="productIds">By pair index, each once.</param>
    /// <param name="options">Thresholds.</param>
    /// <exception cref="Domain.ConfigurationException">The options have faults; all are named.</exception>
    /// <exception cref="ArgumentException">A product is named twice.</exception>
    public RiskGroups(IReadOnlyList<string> productIds, CorrelationOptions options)
    {
        ArgumentNullException.ThrowIfNull(productIds);
        ArgumentNullException.ThrowIfNull(options);
        int pairs = productIds.Count;
        if (productIds.Distinct(StringComparer.Ordinal).Count() != pairs)
        {
            throw new ArgumentException("a product is named twice", nameof(productIds));
        }

        options.Checked();
        _linkage = new AverageLinkage(pairs, options.JoinCorrelation, options.LeaveCorrelation);
        _confirm = options.ConfirmCloses;
        _rank = new int[pairs];
        int[] order = [.. Enumerable.Range(0, pairs).OrderBy(pair => productIds[pair], StringComparer.Ordinal)];
        for (int i = 0; i < pairs; i++)
        {
            _rank[order[i]] = i;
        }

        _groups = [.. Enumerable.Range(0, pairs)];
        _parents = new int[pairs];
        _names = new int[pairs];
        _runs = new sbyte[pairs * pairs];
        _changes = new GroupChange[pairs];
    }

    /// <summary>Group number by pair, as in <see cref="GroupUpdate.Groups"/>.</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>Bytes of <see cref="Save"/>.</summary>
    public int StateBytes => (sizeof(int) * _groups.Length) + _runs.Length;

    /// <summary>
    /// Begins with groups that are known from elsewhere: they stand until measured correlations say otherwise.
    /// </summary>
    /// <param name="groups">By pair: a number that the pairs of one group share, 0 to one less than the pairs.</param>
    /// <exception cref="ArgumentException">Not one a pair, or a number out of range.</exception>
    public void Begin(ReadOnlySpan<int> groups)
    {
        if (groups.Length != _groups.Length || groups.ContainsAnyExceptInRange(0, _groups.Length - 1))
        {
            throw new ArgumentException($"{groups.Length} groups for {_groups.Length} pairs", nameof(groups));
        }

        Array.Clear(_runs);
        Array.Fill(_names, -1);
        for (int i = 0; i < groups.Length; i++)
        {
            ref int first = ref _names[groups[i]];
            first = first < 0 ? i : first;
            _parents[i] = first;
        }

        _ = NameGroups();
    }

    /// <summary>Takes in the correlations of a close.</summary>
    /// <param name="estimator">Already brought up to date with it, of as many pairs.</param>
    /// <returns>The groups now and the pairs that changed.</returns>
    /// <exception cref="ArgumentException">Another number of pairs.</exception>
    public GroupUpdate Update(CorrelationEstimator estimator)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        if (estimator.PairCount != _groups.Length)
        {
            throw new ArgumentException(
                $"correlations of {estimator.PairCount} pairs for {_groups.Length}", nameof(estimator));
        }

        _linkage.Cluster(estimator);
        for (int i = 0; i < _parents.Length; i++)
        {
            _parents[i] = i;
        }

        CountAndTie(estimator);
        return new GroupUpdate(_groups, _changes.AsSpan(0, NameGroups()));
    }

    /// <summary>Writes the whole state: group numbers and how long each pair of pairs was near or apart.</summary>
    /// <param name="state"><see cref="StateBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public void Save(Span<byte> state)
    {
        DemandLength(state.Length);
        MemoryMarshal.AsBytes(_groups.AsSpan()).CopyTo(state);
        MemoryMarshal.AsBytes(_runs.AsSpan()).CopyTo(state[(sizeof(int) * _groups.Length)..]);
    }

    /// <summary>Continues from a saved state.</summary>
    /// <param name="state">Written by <see cref="Save"/> of groups over the same pairs with the same options.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        DemandLength(state.Length);
        int split = sizeof(int) * _groups.Length;
        state[..split].CopyTo(MemoryMarshal.AsBytes(_groups.AsSpan()));
        state[split..].CopyTo(MemoryMarshal.AsBytes(_runs.AsSpan()));
    }

    private void DemandLength(int length)
    {
        if (length != StateBytes)
        {
            throw new ArgumentException($"{length} bytes of state; {_groups.Length} pairs have {StateBytes}");
        }
    }

    private void CountAndTie(CorrelationEstimator estimator)
    {
        int n = _groups.Length;
        ReadOnlySpan<int> tight = _linkage.Tight;
        ReadOnlySpan<int> loose = _linkage.Loose;
        for (int i = 0; i < n; i++)
        {
            Span<sbyte> runs = _runs.AsSpan(i * n, n);
            for (int j = i + 1; j < n; j++)
            {
                int run = runs[j];
                run = !estimator.IsMeasured(i) || !estimator.IsMeasured(j) ? run      // nothing was seen of the two
                    : loose[i] != loose[j] ? Math.Max(Math.Min(run, 0) - 1, -_confirm)
                    : tight[i] == tight[j] ? Math.Min(Math.Max(run, 0) + 1, _confirm)
                    : 0;
                runs[j] = (sbyte)run;
                if (run == _confirm || (_groups[i] == _groups[j] && run > -_confirm))
                {
                    Tie(i, j);
                }
            }
        }
    }

    private void Tie(int first, int second)
    {
        (first, second) = (Root(first), Root(second));
        _parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    private int Root(int pair)
    {
        while (_parents[pair] != pair)
        {
            _parents[pair] = _parents[_parents[pair]];
            pair = _parents[pair];
        }

        return pair;
    }

    private int NameGroups()
    {
        Array.Fill(_names, -1);
        for (int i = 0; i < _groups.Length; i++)
        {
            ref int name = ref _names[Root(i)];
            name = name < 0 || _rank[i] < _rank[name] ? i : name;
        }

        int changed = 0;
        for (int i = 0; i < _groups.Length; i++)
        {
            int name = _names[Root(i)];
            if (name != _groups[i])
            {
                _changes[changed++] = new GroupChange(i, _groups[i], name);
                _groups[i] = name;
            }
        }

        return changed;
    }
}
