using System.Numerics;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Counts values in slots whose width grows with the value, so that every value from 0 to the highest is kept to a
/// number of decimal digits.
/// </summary>
/// <remarks>
/// The design is HdrHistogram's with a unit of 1: powers of two, each cut into equal slots. Recording is constant time
/// and allocates nothing. One thread; merge what several recorded with <see cref="Add"/>.
/// </remarks>
internal sealed class LogLinearHistogram
{
    private readonly long[] _counts;
    private readonly int _halfMagnitude;
    private readonly int _half;
    private readonly long _mask;
    private readonly int _bucketOffset;

    /// <param name="highest">Largest value that can be recorded, at least 2; larger ones are counted as it.</param>
    /// <param name="digits">
    /// Decimal digits kept, 1 to 5: a value v is reported with an error of at most v / 10^digits.
    /// </param>
    public LogLinearHistogram(long highest, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(highest, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 5);
        Highest = highest;
        ulong slotsWanted = 2;
        for (int i = 0; i < digits; i++)
        {
            slotsWanted *= 10;
        }

        _halfMagnitude = BitOperations.Log2(BitOperations.RoundUpToPowerOf2(slotsWanted)) - 1;
        int slots = 1 << (_halfMagnitude + 1);
        _half = slots / 2;
        _mask = slots - 1;
        _bucketOffset = 64 - (_halfMagnitude + 1);
        _counts = new long[IndexOf(highest) + 1];
    }

    public long Highest { get; }

    public long Count { get; private set; }

    /// <summary>Exact, unlike the percentiles.</summary>
    public long Max { get; private set; }

    /// <summary>Exact; 0 when nothing was recorded.</summary>
    public long Min { get; private set; }

    /// <summary>Counts a value; below 0 counts as 0.</summary>
    public void Record(long value)
    {
        long kept = Math.Clamp(value, 0, Highest);
        _counts[IndexOf(kept)]++;
        Min = Count == 0 ? kept : Math.Min(Min, kept);
        Max = Math.Max(Max, kept);
        Count++;
    }

    /// <summary>Adds what another histogram of the same shape counted.</summary>
    /// <exception cref="ArgumentException">It has another range or precision.</exception>
    public void Add(LogLinearHistogram other)
    {
        if (other._counts.Length != _counts.Length || other._half != _half)
        {
            throw new ArgumentException("histograms of different shape cannot be added", nameof(other));
        }

        if (other.Count == 0)
        {
            return;
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Math.Max(Max, other.Max);
        Count += other.Count;
    }

    /// <summary>The value that a percentage of the recorded values does not exceed.</summary>
    /// <param name="percent">From 0 to 100.</param>
    /// <returns>
    /// The largest value that shares its slot; never above the largest recorded. 0 when nothing was recorded.
    /// </returns>
    public long Percentile(double percent)
    {
        if (Count == 0)
        {
            return 0;
        }

        long wanted = Math.Max(1, (long)((percent / 100 * Count) + 0.5));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return Math.Min(HighestIn(i), Max);
            }
        }

        return Max;
    }

    /// <summary>Slot of a value.</summary>
    internal int IndexOf(long value)
    {
        int bucket = _bucketOffset - BitOperations.LeadingZeroCount((ulong)(value | _mask));
        int slot = (int)(value >> bucket);
        return ((bucket + 1) << _halfMagnitude) + (slot - _half);
    }

    /// <summary>Smallest value of a slot.</summary>
    internal long LowestIn(int index)
    {
        (int bucket, int slot) = Place(index);
        return (long)slot << bucket;
    }

    /// <summary>Largest value of a slot.</summary>
    internal long HighestIn(int index) => LowestIn(index) + (1L << Place(index).Bucket) - 1;

    private (int Bucket, int Slot) Place(int index)
    {
        int bucket = (index >> _halfMagnitude) - 1;
        int slot = (index & (_half - 1)) + _half;
        return bucket < 0 ? (0, slot - _half) : (bucket, slot);
    }
}
