using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Holds one tick a pair while the ring is full: the newest price, with the low, the high, the quantity and the number
/// of all it stands for.
/// </summary>
/// <remarks>Thread: the engine's. Allocation: none. Source: SPEC 4.</remarks>
internal sealed class TickConflator(int pairs)
{
    private readonly Survivor[] _survivors = new Survivor[pairs];
    private readonly int[] _order = new int[pairs];
    private readonly List<(int Product, TaskCompletionSource Passed)> _waiting = [];
    private int _head;
    private int _count;

    /// <summary>Whether any pair has a tick that is not in the ring yet.</summary>
    public bool Any => _count > 0;

    /// <summary>Ticks that lost their own place in the ring.</summary>
    public long Conflated { get; private set; }

    public bool Holds(int product) => _survivors[product].Count > 0;

    /// <summary>Merges a tick into its pair's survivor.</summary>
    public void Add(in EngineItem tick)
    {
        ref Survivor survivor = ref _survivors[tick.Product];
        if (survivor.Count == 0)
        {
            _order[(_head + _count++) % _order.Length] = tick.Product;
            survivor = new Survivor { Low = tick.Price, High = tick.Price };
        }
        else
        {
            Conflated++;
        }

        survivor.Low = Math.Min(survivor.Low, tick.Price);
        survivor.High = Math.Max(survivor.High, tick.Price);
        survivor.Quantity += Math.Min(tick.Quantity, long.MaxValue - survivor.Quantity);
        survivor.Count = (ushort)Math.Min(survivor.Count + 1, ushort.MaxValue);
        survivor.Last = tick;
        if (tick.Passed is not null)
        {
            survivor.Last.Passed = null;
            _waiting.Add((tick.Product, tick.Passed));
        }
    }

    /// <summary>Publishes the survivor that has waited longest, if the ring has room.</summary>
    /// <param name="pipeline">Where to.</param>
    /// <param name="passed">Told of the waiters and the sequence they wait for.</param>
    /// <returns>False when nothing waits or the ring is full.</returns>
    public bool TryPublish(TradingPipeline pipeline, PassWatch passed)
    {
        if (_count == 0 || !pipeline.TryClaim(out long sequence))
        {
            return false;
        }

        int product = _order[_head];
        _head = (_head + 1) % _order.Length;
        _count--;
        Write(ref pipeline.Slot(sequence), ref _survivors[product]);
        pipeline.Publish(sequence);
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Product == product)
            {
                passed.Add(sequence, _waiting[i].Passed);
                _waiting.RemoveAt(i);
            }
        }

        return true;
    }

    public void Abandon(Exception cause)
    {
        foreach ((_, TaskCompletionSource passed) in _waiting)
        {
            _ = passed.TrySetException(cause);
        }

        _waiting.Clear();
    }

    private static void Write(ref TradingEvent e, ref Survivor survivor)
    {
        e.Kind = EventKind.Tick;
        e.Count = survivor.Count;
        e.Product = survivor.Last.Product;
        e.ReceivedAtNs = survivor.Last.ReceivedAtNs;
        e.VenueTimeNs = survivor.Last.VenueTimeNs;
        e.Price = survivor.Last.Price;
        e.Quantity = survivor.Quantity;
        e.Low = survivor.Low;
        e.High = survivor.High;

        // Of several trades none can speak for all: were the last one a repetition, the others would go with it.
        e.TradeKey = survivor.Count == 1 ? survivor.Last.TradeKey : 0;
        survivor.Count = 0;
    }

    private struct Survivor
    {
        public long Low;
        public long High;
        public long Quantity;
        public ushort Count;
        public EngineItem Last;
    }
}
