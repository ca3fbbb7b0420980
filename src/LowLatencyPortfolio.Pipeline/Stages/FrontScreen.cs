using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Where one thread runs all four stages: passes a tick of which every stage would only remember the price, and tells
/// the stages what it remembered before any of them looks.
/// </summary>
/// <remarks>
/// Per pair a band of prices, set after a tick that went through the stages: strictly inside the ratchet's wake levels;
/// so narrow that no two prices of it are a collar apart; and with a lowest price that the loss breaker has room for.
/// <para>
/// The breaker's room: M counts armed pairs at their newest price that is settled, W at the lowest of their bands, all
/// others at their newest. M ≥ W whatever passes, so while W &gt; K nothing can trip. W is M less
/// <see cref="_reserved"/>; a band that W has no room for is narrowed, an event that leaves W ≤ K ends all bands.
/// </para>
/// Proof by test: the reference engine knows no bands, and Staged does not use them. Thread: the stages'.
/// </remarks>
internal sealed class FrontScreen(NormalizeStage normalize, RatchetStage ratchet, RiskGateStage riskGate, int pairs)
{
    private const uint PlainTick = (uint)EventKind.Tick | (1u << 16);       // kind, no sub-kind, one trade

    private readonly Band[] _bands = NewBands(pairs);
    private readonly int[] _pending = new int[pairs];
    private readonly RecentTrades _trades = normalize.Trades;
    private readonly GateState _gate = riskGate.Gate;
    private int _pendingCount;
    private long _nowNs;
    private long _ticks;

    // Σ Q·(mark − lowest price) over the armed pairs, 10⁻¹⁶ quote.
    private Int128 _reserved;

    /// <summary>Ticks so far, those that went through the stages included.</summary>
    public long Ticks => Math.Max(_ticks, normalize.Ticks);

    /// <summary>The engine's time, ns UTC.</summary>
    public long NowNs => Math.Max(_nowNs, normalize.NowNs);

    /// <summary>Events that went through the stages, since the start of this process.</summary>
    public long Unscreened { get; private set; }

    /// <summary>Whether the event is a tick that changes nothing but what is remembered of its price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Passes(ref TradingEvent e)
    {
        if (Unsafe.As<EventKind, uint>(ref e.Kind) != PlainTick)
        {
            return false;
        }

        ref Band band = ref _bands[e.Product];
        long price = e.Price;
        if ((ulong)(price - band.Low) > band.Span || !_trades.TryAdd(e.Product, e.TradeKey))
        {
            return false;
        }

        long nowNs = Math.Max(_nowNs, e.ReceivedAtNs);
        _nowNs = nowNs;
        _ticks++;
        band.Last = price;
        band.Highest = Math.Max(band.Highest, price);
        band.LastAtNs = nowNs;
        if (!band.IsPending)
        {
            band.IsPending = true;
            _pending[_pendingCount++] = e.Product;
        }

        return true;
    }

    /// <summary>Before a tick goes through the stages.</summary>
    public void BeforeTick(in TradingEvent e)
    {
        Unscreened++;
        TellTime();
        Disarm(e.Product);
        ref readonly GatedPair pair = ref _gate.Pairs[e.Product];
        if (!HasRoom((Int128)pair.Held * (e.Price - pair.Mark)))
        {
            DisarmAll();
        }
    }

    /// <summary>After a tick went through the stages.</summary>
    public void AfterTick(in TradingEvent e)
    {
        TakeTime();
        if (e.TickVerdict is TickVerdict.Accepted or TickVerdict.AcceptedRange)
        {
            Arm(e.Product);
        }
    }

    /// <summary>Before anything but a tick goes through the stages.</summary>
    public void BeforeOther(in TradingEvent e)
    {
        Unscreened++;
        TellTime();
        SettleMarks();
        if (e.Product >= 0)
        {
            Disarm(e.Product);
        }
    }

    /// <summary>
    /// After anything but a tick went through the stages: cash, a floor or a quantity may have changed.
    /// </summary>
    public void AfterOther()
    {
        TakeTime();
        if (!HasRoom(0))
        {
            DisarmAll();
        }
    }

    /// <summary>Tells the stages all that was remembered.</summary>
    public void Settle()
    {
        TellTime();
        SettleMarks();
        for (int product = 0; product < _bands.Length; product++)
        {
            if (_bands[product].IsArmed)
            {
                TellPrices(product);
            }
        }
    }

    /// <summary>Settles and ends all bands; a tick of each pair begins its next.</summary>
    public void DisarmAll()
    {
        Settle();
        _reserved = 0;
        foreach (ref Band band in _bands.AsSpan())
        {
            band = Band.None;
        }
    }

    /// <summary>The stages have got their state from elsewhere.</summary>
    public void Reset()
    {
        _pendingCount = 0;
        _reserved = 0;
        _bands.AsSpan().Fill(Band.None);
        TakeTime();
    }

    private static Band[] NewBands(int count)
    {
        Band[] bands = new Band[count];
        bands.AsSpan().Fill(Band.None);
        return bands;
    }

    private void TellTime()
    {
        if (_ticks > normalize.Ticks)
        {
            normalize.SetTime(_nowNs, _ticks);
        }
    }

    private void TakeTime()
    {
        _nowNs = normalize.NowNs;
        _ticks = normalize.Ticks;
    }

    // W > K once M has changed by this much.
    private bool HasRoom(Int128 change) =>
        _gate.Breaker.MarketValue - _reserved + change > _gate.Breaker.TripAt;

    // What an event about another pair may ask of this one: its mark, and its part of M. Normalize and Ratchet look at
    // a pair only in its own events, and are told then: with 200 pairs that halves the lines that a report touches.
    private void SettleMarks()
    {
        for (int i = 0; i < _pendingCount; i++)
        {
            SettleMark(_pending[i]);
        }

        _pendingCount = 0;
    }

    private void SettleMark(int product)
    {
        ref Band band = ref _bands[product];
        band.IsPending = false;
        ref GatedPair pair = ref _gate.Pairs[product];
        long change = band.Last - pair.Mark;
        _gate.Breaker.Move(pair.Held, change);
        _reserved += (Int128)pair.Held * change;
        pair.Mark = band.Last;
        pair.MarkAtNs = band.LastAtNs;
    }

    private void TellPrices(int product)
    {
        ref readonly Band band = ref _bands[product];
        normalize.SetLast(product, band.Last);
        ratchet.Remember(product, band.Last, band.Highest);
    }

    private void Disarm(int product)
    {
        ref Band band = ref _bands[product];
        if (!band.IsArmed)
        {
            return;
        }

        TellPrices(product);
        if (band.IsPending)
        {
            SettleMark(product);
            RemovePending(product);
        }

        ref readonly GatedPair pair = ref _gate.Pairs[product];
        _reserved -= (Int128)pair.Held * (pair.Mark - band.Low);
        band = Band.None;
    }

    private void RemovePending(int product)
    {
        int at = _pending.AsSpan(0, _pendingCount).IndexOf(product);
        _pending[at] = _pending[--_pendingCount];
    }

    private void Arm(int product)
    {
        ref readonly ProtectedPair guarded = ref ratchet.Pairs[product];
        ref readonly GatedPair pair = ref _gate.Pairs[product];
        if (!normalize.TryGetBand(product, out long low, out long high))
        {
            return;
        }

        if (pair.Mark >= guarded.WakeAbove || pair.Mark <= guarded.WakeBelow)
        {
            return;
        }

        low = Math.Max(low, guarded.WakeBelow + 1);
        high = Math.Min(high, guarded.WakeAbove - 1);
        if (pair.Held > 0)
        {
            low = LowestWithRoom(in pair, low);
        }

        if (low > pair.Mark)
        {
            return;
        }

        _reserved += (Int128)pair.Held * (pair.Mark - low);
        _bands[product] = new Band
        {
            Low = low,
            Span = (ulong)(high - low),
            Last = pair.Mark,
            Highest = guarded.Highest,
        };
    }

    // All that is wanted if there is room, else half of the room: the others want theirs.
    private long LowestWithRoom(in GatedPair pair, long low)
    {
        Int128 tripAt = _gate.Breaker.TripAt;
        if (tripAt == Int128.MinValue)
        {
            return low;
        }

        Int128 room = _gate.Breaker.MarketValue - _reserved - tripAt - 1;
        if (room < 0)
        {
            return long.MaxValue;
        }

        return room >= (Int128)pair.Held * (pair.Mark - low) ? low : pair.Mark - (long)(room / 2 / pair.Held);
    }

    // A cache line a pair; the index is a shift.
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Band
    {
        public long Low;
        public ulong Span;
        public long Last;
        public long Highest;
        public long LastAtNs;

        /// <summary>The stages have not been told of the last tick.</summary>
        public bool IsPending;

        /// <summary>Holds no price.</summary>
        public static readonly Band None = new() { Low = long.MaxValue };

        public readonly bool IsArmed => Low != long.MaxValue;
    }
}
