using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Orders that two looks did not find: for ten minutes they are looked for again, because a request may be slower than
/// any proof. One that is found counts again, whatever it has traded by then.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. An order that traded at once is in no list of open orders, and the message of the
/// user channel may be lost.
/// </remarks>
internal sealed class AbsentOrders(VenueOrderBook book)
{
    /// <summary>How long they are looked for, ns.</summary>
    public const long LookedForNs = 10 * EventTime.Minute;

    private const long BetweenNs = 30 * EventTime.Second;

    private readonly List<Absent> _orders = [];

    /// <summary>Indices of those that are still believed absent.</summary>
    public IEnumerable<int> Indices => _orders
        .Select(absent => book.Find(absent.Sequence))
        .Where(index => index >= 0 && book[index].IsDoneByProof);

    /// <summary>Has one looked for again from now on.</summary>
    public void Add(long sequence, long untilNs, long nowNs) =>
        _orders.Add(new Absent(sequence, untilNs, nowNs + BetweenNs));

    /// <summary>Takes the next one that is due.</summary>
    /// <returns>Its index; −1 when none is.</returns>
    public int Next(long nowNs)
    {
        for (int i = _orders.Count - 1; i >= 0; i--)
        {
            Absent absent = _orders[i];
            int index = book.Find(absent.Sequence);
            if (absent.UntilNs <= nowNs || index < 0 || !book[index].IsDoneByProof)
            {
                _orders.RemoveAt(i);        // long enough, or it was found
            }
            else if (absent.DueNs <= nowNs)
            {
                _orders[i] = absent with { DueNs = nowNs + BetweenNs };
                return index;
            }
        }

        return -1;
    }

    private readonly record struct Absent(long Sequence, long UntilNs, long DueNs);
}
