namespace LowLatencyPortfolio.Domain;

/// <summary>The arithmetic of one pair's trailing stop, in ring units of price, exact.</summary>
/// <remarks>
/// Thread: immutable. Allocation: none. Reckoned in whole numbers (<see cref="ExactRatio"/>), and in decimals for
/// prices beyond their reach: every product here has at most 19 + 7 digits, which decimal holds exactly, and floors are
/// taken with a remainder, not a quotient, because decimal division rounds. Source: SPEC 5.
/// </remarks>
public readonly struct TrailingStop
{
    /// <summary>Most decimals of a fraction that keep the arithmetic exact.</summary>
    public const int MaxFractionDecimals = 6;

    private readonly decimal _triggerFactor;
    private readonly decimal _limitFactor;
    private readonly decimal _ratchetFactor;
    private readonly ExactRatio _triggerRatio;
    private readonly ExactRatio _limitRatio;
    private readonly ExactRatio _ratchetRatio;
    private readonly long _increment;

    /// <summary>Fixes a pair's trail on its price grid.</summary>
    /// <param name="trailPct">Distance of the trigger below the highest price, fraction above 0 and below 1.</param>
    /// <param name="stopLimitBufferPct">Distance of the limit below the trigger, fraction from 0 to below 1.</param>
    /// <param name="minRatchet">Smallest rise of the trigger worth a replacement, fraction from 0 to 1.</param>
    /// <param name="priceIncrementUnits">Smallest price step in ring units, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range or has more than 6
    /// decimals.</exception>
    public TrailingStop(decimal trailPct, decimal stopLimitBufferPct, decimal minRatchet, long priceIncrementUnits)
    {
        RequireFraction(trailPct, nameof(trailPct), trailPct is > 0m and < 1m);
        RequireFraction(stopLimitBufferPct, nameof(stopLimitBufferPct), stopLimitBufferPct is >= 0m and < 1m);
        RequireFraction(minRatchet, nameof(minRatchet), minRatchet is >= 0m and <= 1m);
        ArgumentOutOfRangeException.ThrowIfLessThan(priceIncrementUnits, 1);
        _triggerFactor = 1m - trailPct;
        _limitFactor = 1m - stopLimitBufferPct;
        _ratchetFactor = 1m + minRatchet;
        _triggerRatio = new ExactRatio(_triggerFactor);
        _limitRatio = new ExactRatio(_limitFactor);
        _ratchetRatio = new ExactRatio(_ratchetFactor);
        _increment = priceIncrementUnits;
    }

    /// <summary>Where the trigger belongs when the highest price is known: <c>inc·⌊h(1−t)/inc⌋</c>.</summary>
    /// <param name="highest">Highest price since the first fill, ring units, at least 0.</param>
    /// <returns>Ring units, a multiple of the increment; 0 when the trail leaves less than one increment.</returns>
    public long TriggerFor(long highest) => _triggerRatio.TryFloorOfProduct(highest, out long whole)
        ? whole - (whole % _increment)
        : FloorToIncrement(highest * _triggerFactor);

    /// <summary>The stop order's limit below its trigger: <c>inc·⌊trigger(1−b)/inc⌋</c>.</summary>
    /// <param name="trigger">A rounded trigger, ring units, at least 0.</param>
    /// <returns>Ring units, a multiple of the increment, at most the trigger; 0 when less than one increment
    /// remains.</returns>
    public long LimitFor(long trigger) => _limitRatio.TryFloorOfProduct(trigger, out long whole)
        ? whole - (whole % _increment)
        : FloorToIncrement(trigger * _limitFactor);

    /// <summary>Whether a stop can be placed at all: its limit is at least one increment.</summary>
    /// <param name="highest">Highest price since the first fill, or an entry's limit price before it, ring
    /// units.</param>
    /// <returns>False refuses the entry (<see cref="RiskVerdict.StopNotPlaceable"/>).</returns>
    public bool IsPlaceable(long highest) => LimitFor(TriggerFor(highest)) > 0;

    /// <summary>
    /// Whether a stop is to be placed or moved up: no stop yet, or the new trigger is above <c>T·(1+m)</c>.
    /// </summary>
    /// <param name="highest">Highest price since the first fill, ring units.</param>
    /// <param name="trigger">The last decided trigger <c>T</c>, ring units; 0 for no stop.</param>
    /// <returns>True never means down: the new trigger is then above the old one.</returns>
    public bool Moves(long highest, long trigger) =>
        trigger == 0 || IsWorthMoving(trigger, TriggerFor(highest));

    /// <summary>Where the trigger belongs now: the old one unless the stop <see cref="Moves"/>.</summary>
    /// <param name="highest">Highest price since the first fill, ring units.</param>
    /// <param name="trigger">The last decided trigger, ring units; 0 for no stop.</param>
    /// <returns>Ring units, never below <paramref name="trigger"/>.</returns>
    public long TriggerAfter(long highest, long trigger)
    {
        long candidate = TriggerFor(highest);
        return trigger == 0 || IsWorthMoving(trigger, candidate) ? candidate : trigger;
    }

    /// <summary>The smallest price that moves the stop; every price below it changes nothing.</summary>
    /// <param name="trigger">The last decided trigger, ring units; 0 for no stop.</param>
    /// <returns>Ring units: 1 without a stop, because any price places one; <see cref="long.MaxValue"/> when no price
    /// moves it.</returns>
    public long WakeAbove(long trigger)
    {
        if (trigger == 0)
        {
            return 1;
        }

        // The smallest trigger on the grid above T·(1+m): a trigger is a whole number, so it is above T·(1+m) when it
        // is above its floor. It is a multiple of the increment, so the smallest price that leaves it is the ceiling.
        return _ratchetRatio.TryFloorOfProduct(trigger, out long whole)
            && whole <= long.MaxValue - _increment
            && _triggerRatio.TryCeilingOfQuotient(whole - (whole % _increment) + _increment, out long price)
            ? price
            : WakeAboveInDecimals(trigger);
    }

    private long WakeAboveInDecimals(long trigger)
    {
        // The smallest trigger on the grid above T·(1+m), carried back through the trail. The quotient is rounded to 28
        // digits, so it may miss by one; the rule itself then decides.
        decimal threshold = trigger * _ratchetFactor;
        if (threshold > long.MaxValue - _increment)
        {
            return long.MaxValue;
        }

        decimal estimate = decimal.Ceiling((FloorToIncrement(threshold) + _increment) / _triggerFactor);
        if (estimate > long.MaxValue)
        {
            return long.MaxValue;
        }

        long price = decimal.ToInt64(estimate);
        while (price > 1 && Moves(price - 1, trigger))
        {
            price--;
        }

        while (price < long.MaxValue && !Moves(price, trigger))
        {
            price++;
        }

        return price;
    }

    private bool IsWorthMoving(long trigger, long candidate) =>
        _ratchetRatio.TryFloorOfProduct(trigger, out long whole)
            ? candidate > whole
            : candidate > trigger * _ratchetFactor;

    // Whole increments of a price at least 0: cutting to the unit first changes nothing and spares a decimal remainder
    // and subtraction.
    private long FloorToIncrement(decimal price)
    {
        long whole = decimal.ToInt64(price);
        return whole - (whole % _increment);
    }

    private static void RequireFraction(decimal value, string name, bool inRange)
    {
        if (!inRange || ProductSpec.DecimalsOf(value) > MaxFractionDecimals)
        {
            string allowed = $"must be a fraction in its range with at most {MaxFractionDecimals} decimals";
            throw new ArgumentOutOfRangeException(name, value, $"{allowed} (0.02 means 2 %)");
        }
    }
}
