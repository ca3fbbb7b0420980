using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Plays the files of a catalog as one stream of ticks, merged by time and, at equal times, by product
/// id.</summary>
/// <remarks>
/// Thread: one. Allocation: none per tick; a bad row, and the opening of a product's next file, allocate. Cost: one
/// row's parsing and a walk down a heap of the products. Rounding: a bar's volume is quartered down to the quantity
/// unit, the rest is on its close.
/// </remarks>
public sealed class ReplayFeed : IMarketFeed, IDisposable
{
    private readonly ProductCursor?[] _cursors;
    private readonly bool[] _playedFromBars;
    private readonly BadRowLog _log = new();
    private readonly long _rows;
    private readonly Head[] _heap;
    private int _count;

    /// <summary>Opens the files of the products that have a pair; the others are not played.</summary>
    /// <param name="catalog">What the scan found.</param>
    /// <param name="pairs">Pairs by index; their products' units are what rows must fit. A pair without data is
    /// allowed.</param>
    /// <exception cref="ReplayDataException">No pair has data, or a file cannot be read.</exception>
    public ReplayFeed(ReplayCatalog catalog, PairSetup[] pairs)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(pairs);
        _playedFromBars = new bool[pairs.Length];
        _cursors = new ProductCursor?[pairs.Length];
        _heap = new Head[pairs.Length];
        try
        {
            foreach (PairSetup pair in pairs)
            {
                ReplayProduct? product =
                    catalog.Products.FirstOrDefault(product => product.ProductId == pair.ProductId);
                if (product is not null)
                {
                    _rows += product.Rows;
                    Open(product, pair);
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        if (_rows == 0)
        {
            throw new ReplayDataException(
                $"the data has {string.Join(", ", catalog.Products.Select(product => product.ProductId))}, "
                + $"and none of the pairs {string.Join(", ", pairs.Select(pair => pair.ProductId))}");
        }
    }

    /// <summary>Ticks handed out or skipped: the number of the newest market event.</summary>
    public long Delivered { get; private set; }

    /// <summary>Share of the rows read, 0 to 1.</summary>
    public double Progress
    {
        get
        {
            long read = 0;
            foreach (ProductCursor? cursor in _cursors)
            {
                read += cursor?.Rows ?? 0;
            }

            return (double)read / _rows;
        }
    }

    /// <summary>Bad rows met so far.</summary>
    public long BadRowCount => _log.Count;

    /// <summary>The first 20 bad rows met.</summary>
    public IReadOnlyList<BadRow> BadRows => _log.First;

    /// <summary>Per pair, whether it is played from bars: what the paper exchange asks for.</summary>
    /// <returns>A copy, by pair index; false for pairs without data.</returns>
    public bool[] PlayedFromBars() => [.. _playedFromBars];

    /// <inheritdoc/>
    /// <exception cref="ReplayDataException">
    /// A file was changed since the scan, cannot be read any more, or more than 1 % of its rows do not fit a product
    /// that the scan did not know.
    /// </exception>
    public bool TryRead(out MarketTick tick)
    {
        if (_count == 0)
        {
            tick = default;
            return false;
        }

        ProductCursor cursor = _cursors[_heap[0].Product]!;
        tick = cursor.Head;
        Delivered++;
        if (cursor.TryMoveNext())
        {
            _heap[0].TimeNs = cursor.Head.TimeNs;
        }
        else
        {
            _heap[0] = _heap[--_count];
        }

        SiftDown();
        return true;
    }

    /// <summary>Passes over ticks, so that the next one has the number <paramref name="events"/> + 1 counted from
    /// here.</summary>
    /// <param name="events">At least 0.</param>
    /// <exception cref="ReplayDataException">The data has fewer ticks left.</exception>
    public void Skip(long events)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        for (long left = events; left > 0; left--)
        {
            if (!TryRead(out _))
            {
                throw new ReplayDataException(
                    $"the data ends after {Delivered} market events, {left} before the position to continue from");
            }
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (ProductCursor? cursor in _cursors)
        {
            cursor?.Dispose();
        }
    }

    private void Open(ReplayProduct product, PairSetup pair)
    {
        var cursor = new ProductCursor(product, pair.Index, pair.Product.PriceDecimals, _log);
        _cursors[pair.Index] = cursor;
        _playedFromBars[pair.Index] = product.PlayedFromBars;
        if (cursor.TryMoveNext())
        {
            Insert(new Head(cursor.Head.TimeNs, pair.Index));
        }
    }

    private void Insert(Head head)
    {
        int hole = _count++;
        while (hole > 0 && head.IsBefore(in _heap[(hole - 1) / 2]))
        {
            _heap[hole] = _heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }

        _heap[hole] = head;
    }

    private void SiftDown()
    {
        Head head = _heap[0];
        int hole = 0;
        for (int child = 1; child < _count; child = (hole * 2) + 1)
        {
            if (child + 1 < _count && _heap[child + 1].IsBefore(in _heap[child]))
            {
                child++;
            }

            if (!_heap[child].IsBefore(in head))
            {
                break;
            }

            _heap[hole] = _heap[child];
            hole = child;
        }

        _heap[hole] = head;
    }

    private struct Head(long timeNs, int product)
    {
        public long TimeNs = timeNs;
        public readonly int Product = product;

        public readonly bool IsBefore(in Head other) =>
            TimeNs != other.TimeNs ? TimeNs < other.TimeNs : Product < other.Product;
    }
}
