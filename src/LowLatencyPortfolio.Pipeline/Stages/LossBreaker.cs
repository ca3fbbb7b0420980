using System.Runtime.CompilerServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// The emergency and the daily loss limit, tested by one compare of a running 128-bit whole number after every event
/// that can move it.
/// </summary>
/// <remarks>
/// Source: SPEC 6. <see cref="MarketValue"/> is M = Σ Qᵢ·Pᵢ in 10⁻¹⁶ quote. A limit trips when M ≤ K with
/// K = ⌊(F − C)·10¹⁶⌋, which for whole M is the same as E = C + M·10⁻¹⁶ ≤ F: no rounding decides.
/// </remarks>
internal struct LossBreaker
{
    private static readonly Int128 Never = Int128.MinValue;

    private const decimal UnitsPerQuote = 1_0000_0000_0000_0000m;

    // M and the larger of the armed K as two words each: a tick's addition and comparison stay in registers.
    private long _marketHigh;
    private ulong _marketLow;
    private long _tripHigh;
    private ulong _tripLow;

    /// <summary>K of the emergency limit; <see cref="Int128.MinValue"/> while it is not armed.</summary>
    public Int128 EmergencyAt;

    /// <summary>K of the daily limit; <see cref="Int128.MinValue"/> while it is not armed.</summary>
    public Int128 DailyAt;

    /// <summary>C: capital plus all that fills brought and cost, quote.</summary>
    public decimal Cash;

    /// <summary>What the emergency limit is a percentage of, quote.</summary>
    public decimal Base;

    /// <summary>The day's first equity, quote; 0 before the first event.</summary>
    public decimal DayBase;

    /// <summary>UTC day of <see cref="DayBase"/>, days since the epoch.</summary>
    public long Day;

    public bool EmergencyArmed;

    public bool DailyArmed;

    /// <summary>M: market value of everything held at the newest accepted prices, 10⁻¹⁶ quote.</summary>
    public readonly Int128 MarketValue => new((ulong)_marketHigh, _marketLow);

    /// <summary>The larger of the armed K: at or below it, something trips.</summary>
    public readonly Int128 TripAt => new((ulong)_tripHigh, _tripLow);

    /// <summary>Whether M is at or below the larger of the armed K.</summary>
    public readonly bool IsTripped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _marketHigh < _tripHigh || (_marketHigh == _tripHigh && _marketLow <= _tripLow);
    }

    public readonly bool IsEmergency => MarketValue <= EmergencyAt;

    public readonly bool IsDaily => MarketValue <= DailyAt;

    /// <summary>E, quote, exact.</summary>
    public readonly decimal Equity => Cash + ((decimal)MarketValue / UnitsPerQuote);

    /// <summary>F, quote.</summary>
    public readonly decimal EmergencyFloor(PortfolioConfig config) =>
        Base * (1m + (config.EmergencyLiquidationLossPct / 100m));

    /// <summary>Adds quantity times price change to M: a held pair has another price, or a fill was made.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(long quantity, long priceChange)
    {
        long high = Math.BigMul(quantity, priceChange, out long low);
        ulong sum = _marketLow + (ulong)low;
        _marketHigh += high + (sum < (ulong)low ? 1 : 0);
        _marketLow = sum;
    }

    /// <summary>Recomputes the K after the cash, a floor or the armed limits changed.</summary>
    public void Rearm(PortfolioConfig config)
    {
        EmergencyAt = EmergencyArmed ? LevelOf(EmergencyFloor(config)) : Never;
        DailyAt = DailyArmed && DayBase > 0m ? LevelOf(DayBase * (1m + (config.DailyLossPct / 100m))) : Never;
        Int128 tripAt = Int128.Max(EmergencyAt, DailyAt);
        _tripHigh = (long)(tripAt >> 64);
        _tripLow = (ulong)tripAt;
    }

    /// <summary>Begins a UTC day with the equity of its first event.</summary>
    public void BeginDay(long day, PortfolioConfig config)
    {
        Day = day;
        DayBase = Equity;
        DailyArmed = true;
        Rearm(config);
    }

    private readonly Int128 LevelOf(decimal floor)
    {
        decimal distance = floor - Cash;
        decimal whole = decimal.Floor(distance);
        return ((Int128)whole * 1_0000_0000_0000_0000) + (Int128)decimal.Floor((distance - whole) * UnitsPerQuote);
    }
}
