using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Stage 1. Gives every event the engine's time, drops repeated trades, and holds back a tick that is absurdly far from
/// the last one until the next confirms it.
/// </summary>
/// <remarks>
/// Source: SPEC 2 and the end of SPEC 12. Owns: last accepted price, held tick, seen trades, the engine's time.
/// </remarks>
internal sealed class NormalizeStage
{
    /// <summary>A tick confirms a held one when it is within this many percent of it.</summary>
    private const decimal ConfirmationPct = 2m;

    private readonly PairState[] _pairs;
    private readonly RecentTrades _trades;
    private readonly decimal[] _collarPct;
    private long _nowNs;

    public NormalizeStage(PairSetup[] pairs)
    {
        _pairs = new PairState[pairs.Length];
        _trades = new RecentTrades(pairs.Length);
        _collarPct = [.. pairs.Select(pair => pair.Config.TickCollarPct)];
        for (int i = 0; i < pairs.Length; i++)
        {
            _pairs[i].CollarShift = ShiftWithin(_collarPct[i]);
        }
    }

    public long Ticks { get; private set; }

    public long Duplicates { get; private set; }

    public long Held { get; private set; }

    public long HeldDropped { get; private set; }

    public long ExtremesIgnored { get; private set; }

    public long NowNs => _nowNs;

    public RecentTrades Trades => _trades;

    /// <summary>The pair's last accepted price, ring units; 0 before the first.</summary>
    public long LastPrice(int product) => _pairs[product].Last;

    /// <summary>
    /// Prices around the last one of which any may follow any other: none is beyond the collar, seen from another.
    /// </summary>
    /// <returns>False while there is no last price, or a held one waits for the next tick.</returns>
    public bool TryGetBand(int product, out long low, out long high)
    {
        ref readonly PairState pair = ref _pairs[product];
        // A quarter of the collar to either side: half of it from end to end, and the lowest is above three quarters of
        // the last.
        long reach = pair.Last >> (pair.CollarShift + 2);
        low = pair.Last - reach;
        high = pair.Last + reach;
        return pair.Last > 0 && pair.HeldPrice == 0;
    }

    /// <summary>Ticks passed that would only have been accepted.</summary>
    public void SetTime(long nowNs, long ticks)
    {
        _nowNs = nowNs;
        Ticks = ticks;
    }

    /// <summary>The newest of them.</summary>
    public void SetLast(int product, long price) => _pairs[product].Last = price;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnTick(ref TradingEvent e)
    {
        // StageFlags2 stays as it was: on a tick each of its fields is written together with the request that names it.
        long nowNs = Math.Max(_nowNs, e.ReceivedAtNs);
        _nowNs = nowNs;
        e.NowNs = nowNs;
        e.MarketEvent = ++Ticks;
        ref PairState pair = ref _pairs[e.Product];
        long last = pair.Last;
        long price = e.Price;
        long reach = last >> pair.CollarShift;
        if ((ulong)(price - last + reach) <= (ulong)reach * 2 && pair.HeldPrice == 0 && e.Count == 1
            && _trades.TryAdd(e.Product, e.TradeKey))
        {
            e.StageFlags = (ulong)TickVerdict.Accepted;
            pair.Last = price;
            return;
        }

        OnUnusualTick(ref e, ref pair);
    }

    public void OnOther(ref TradingEvent e)
    {
        if (e.ReceivedAtNs > _nowNs)
        {
            _nowNs = e.ReceivedAtNs;
        }

        e.NowNs = _nowNs;
        e.StageFlags = 0;
        e.StageFlags2 = 0;
        if (e.MarketEvent == 0)
        {
            e.MarketEvent = Ticks;
        }
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section("normalize");
        writer.Write(_nowNs);
        writer.Write(Ticks);
        writer.Write(Duplicates);
        writer.Write(Held);
        writer.Write(HeldDropped);
        writer.Write(ExtremesIgnored);
        writer.Write(MemoryMarshal.AsBytes(_pairs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_trades.Keys));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("normalize");
        _nowNs = reader.ReadInt64();
        Ticks = reader.ReadInt64();
        Duplicates = reader.ReadInt64();
        Held = reader.ReadInt64();
        HeldDropped = reader.ReadInt64();
        ExtremesIgnored = reader.ReadInt64();
        reader.ReadInto<PairState>(_pairs);
        reader.ReadInto(_trades.Keys);
    }

    // Largest power-of-two fraction of the last price that is surely inside the collar: a screen of two shifts instead
    // of a decimal product.
    private static int ShiftWithin(decimal collarPct)
    {
        int shift = 0;
        for (decimal fraction = 100m; fraction > collarPct; fraction /= 2m)
        {
            shift++;
        }

        return shift;
    }

    private static bool IsWithin(long price, long reference, decimal percent) =>
        Math.Abs((decimal)price - reference) * 100m <= percent * reference;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void OnUnusualTick(ref TradingEvent e, ref PairState pair)
    {
        e.StageFlags = 0;
        if (!_trades.TryAdd(e.Product, e.TradeKey))
        {
            Duplicates++;
            e.TickVerdict = TickVerdict.Duplicate;
            return;
        }

        long low = e.Price;
        long high = e.Price;
        if (pair.HeldPrice != 0)
        {
            long held = pair.HeldPrice;
            pair.HeldPrice = 0;
            if (IsWithin(e.Price, held, ConfirmationPct))
            {
                Widen(ref e, held, ref low, ref high);
                Accept(ref e, ref pair, Math.Min(low, held), Math.Max(high, held));
                return;
            }

            HeldDropped++;
        }

        if (pair.Last != 0 && !IsWithin(e.Price, pair.Last, _collarPct[e.Product]))
        {
            pair.HeldPrice = e.Price;
            Held++;
            e.TickVerdict = TickVerdict.HeldAbsurd;
            return;
        }

        Widen(ref e, pair.Last != 0 ? pair.Last : e.Price, ref low, ref high);
        Accept(ref e, ref pair, low, high);
    }

    private static void Accept(ref TradingEvent e, ref PairState pair, long low, long high)
    {
        e.RangeLow = low;
        e.RangeHigh = high;
        e.TickVerdict = low == high ? TickVerdict.Accepted : TickVerdict.AcceptedRange;
        pair.Last = e.Price;
    }

    // Ticks that were conflated bring the extremes of those they stand for; an absurd one is not believed.
    private void Widen(ref TradingEvent e, long reference, ref long low, ref long high)
    {
        if (e.Count > 1)
        {
            low = WithinCollarOr(e.Low, reference, _collarPct[e.Product], e.Price);
            high = WithinCollarOr(e.High, reference, _collarPct[e.Product], e.Price);
        }
    }

    private long WithinCollarOr(long extreme, long reference, decimal collar, long otherwise)
    {
        if (IsWithin(extreme, reference, collar))
        {
            return extreme;
        }

        ExtremesIgnored++;
        return otherwise;
    }

    // 32 bytes: two pairs a cache line, and the index is a shift.
    [StructLayout(LayoutKind.Sequential, Size = 32)]
    internal struct PairState
    {
        public long Last;
        public long HeldPrice;
        public int CollarShift;
    }
}
