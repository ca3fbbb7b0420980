namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The faults that are switched on, with their counters and their seeded dice. Not thread-safe.</summary>
internal sealed class VenueFaults(int seed)
{
    private readonly List<Entry> _entries = [];
    private readonly Random _random = new(seed);

    public IReadOnlyList<VenueFault> Current => [.. _entries.Select(entry => entry.Fault)];

    /// <summary>Replaces every fault; counting starts at 1 again.</summary>
    public void Set(IEnumerable<VenueFault> faults)
    {
        _entries.Clear();
        _entries.AddRange(faults.Select(fault => new Entry(fault)));
    }

    public VenueFault? Strike(VenueFaultKind kind, VenueOrder order) => Strike(kind, order.Product.Id, order.Terms);

    /// <summary>
    /// The first fault of this kind that strikes this request, or null; every matching fault counts the request.
    /// </summary>
    public VenueFault? Strike(VenueFaultKind kind, string productId, OrderTerms terms)
    {
        VenueFault? struck = null;
        foreach (var entry in _entries)
        {
            var fault = entry.Fault;
            if (fault.Kind != kind || (fault.ProductId ?? productId) != productId
                || (fault.Configuration ?? terms.WireKey) != terms.WireKey)
                continue;
            entry.Count++;
            bool hit = fault.Occurrences is { Count: > 0 } counts
                ? counts.Contains(entry.Count)
                : fault.Probability >= 1 || (decimal)_random.NextDouble() < fault.Probability;
            if (hit)
                struck ??= fault;
        }

        return struck;
    }

    private sealed class Entry(VenueFault fault)
    {
        public VenueFault Fault { get; } = fault;
        public int Count { get; set; }
    }
}
