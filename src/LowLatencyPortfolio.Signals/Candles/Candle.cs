using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>
/// What traded in one pair during one interval, in ring units of its product: prices count 10⁻ᵃ quote, the volume counts
/// 10⁻⁽¹⁶⁻ᵃ⁾ base.
/// </summary>
/// <remarks>
/// Plain data, copied by value; 64 bytes without padding, so that equal candles are equal byte for byte. <see
/// cref="MarketCandle"/> is the same in decimals. Source: SPEC 1.
/// <code>
///  0 Open · 8 High · 16 Low · 24 Close · 32 OpenTimeNs · 40 Ticks · 48 Volume, low half · 56 Volume, high half
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public struct Candle
{
    /// <summary>Length of the stored form, in 64-bit numbers.</summary>
    public const int StateLength = 8;

    /// <summary>Price of the first tick, above 0.</summary>
    public long Open;

    /// <summary>Highest price, above 0.</summary>
    public long High;

    /// <summary>Lowest price, above 0.</summary>
    public long Low;

    /// <summary>Price of the last tick, above 0.</summary>
    public long Close;

    /// <summary>Where the interval begins, ns since the Unix epoch, UTC; a multiple of the interval's length.</summary>
    public long OpenTimeNs;

    /// <summary>Ticks in it, at least 1; 0 says that this is no candle. A conflated tick counts once.</summary>
    public long Ticks;

    private ulong _volumeLow;
    private ulong _volumeHigh;

    /// <summary>
    /// Sum of the quantities, at least 0. 128 bits, because a coin of small value passes 64 bits of 10⁻⁸ within minutes.
    /// </summary>
    public Int128 Volume
    {
        readonly get => new(_volumeHigh, _volumeLow);
        set => (_volumeHigh, _volumeLow) = ((ulong)(value >>> 64), (ulong)value);
    }

    /// <summary>Adds a tick to the candle.</summary>
    /// <remarks>The carry by hand: an addition of 128-bit numbers costs twice as much here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(long price, long quantity, long low, long high)
    {
        if (low < Low)
        {
            Low = low;
        }

        if (high > High)
        {
            High = high;
        }

        Close = price;
        Ticks++;
        ulong before = _volumeLow;
        _volumeLow = before + (ulong)quantity;
        if (_volumeLow < before)
        {
            _volumeHigh++;
        }
    }
}
