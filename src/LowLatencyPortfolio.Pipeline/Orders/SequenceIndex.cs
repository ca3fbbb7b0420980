using System.Numerics;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Where the order of a sequence stands: a table in the order of the sequences, and beside it the few that outlived a
/// whole turn of it.
/// </summary>
/// <remarks>
/// Allocation: none after construction. Cost: one place to look at, and the newest orders lie side by side. Tried and
/// rejected: probing for the next free place, because rising sequences make one long run of it.
/// </remarks>
internal sealed class SequenceIndex
{
    // Two cache lines: orders come, and go, about in the order of their numbers, and find their places in the core's
    // own cache.
    private const int PlacesAhead = 8;

    private readonly Place[] _places;
    private readonly Dictionary<long, int> _outlived;
    private readonly int _mask;

    /// <param name="capacity">Most orders at a time.</param>
    public SequenceIndex(int capacity)
    {
        _places = new Place[BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
        _outlived = new Dictionary<long, int>(capacity);
        _mask = _places.Length - 1;
    }

    /// <summary>Index of an order, −1 when it is not known.</summary>
    public int Find(long sequence)
    {
        Place place = _places[(int)sequence & _mask];
        if (place.Sequence == sequence)
        {
            return place.Order - 1;
        }

        return _outlived.Count > 0 && _outlived.TryGetValue(sequence, out int order) ? order : -1;
    }

    public void Add(long sequence, int order)
    {
        ref Place place = ref _places[(int)sequence & _mask];
        if (place.Order != 0)
        {
            Invariant.Check(place.Sequence != sequence, InvariantRule.OrderNumberTwice);
            _outlived.Add(place.Sequence, place.Order - 1);
        }

        place = new Place { Sequence = sequence, Order = order + 1 };
        CacheLine.Prefetch(ref _places[(int)(sequence + PlacesAhead) & _mask]);
    }

    public void Remove(long sequence)
    {
        ref Place place = ref _places[(int)sequence & _mask];
        if (place.Sequence == sequence)
        {
            place = default;
        }
        else
        {
            _outlived.Remove(sequence);
        }

        CacheLine.Prefetch(ref _places[(int)(sequence + PlacesAhead) & _mask]);
    }

    public void Clear()
    {
        Array.Clear(_places);
        _outlived.Clear();
    }

    private struct Place
    {
        public long Sequence;

        /// <summary>Index + 1; 0 = free, then the sequence is 0 too.</summary>
        public int Order;
    }
}
