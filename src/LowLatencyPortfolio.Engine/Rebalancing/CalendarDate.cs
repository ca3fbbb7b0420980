using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The date of a calendar: it is open until a look finds nothing left to do, and each pair trades on it once.
/// </summary>
/// <remarks>
/// A pair that was asked and stands where it stood was refused, by the gate or by what came in between: it is asked
/// again. Thread: one owner. Every other method is due at every look and has no dates.
/// </remarks>
internal sealed class CalendarDate(RebalanceStrategy strategy, int pairs)
{
    // Held and being bought when the pair was asked on this date, ring units; below 0 to sell, 0 where it was not.
    private readonly long[] _stoodAt = new long[pairs];
    private long _lookedAtNs;

    /// <summary>Event time at which the last date was over; null before the first.</summary>
    public long? LastNs { get; private set; }

    private bool HasDates => strategy.Method == RebalanceMethod.Calendar;

    /// <summary>A look begins; what was asked on an earlier date is of no meaning any more.</summary>
    public void Look(long nowNs)
    {
        if (_lookedAtNs == 0 || strategy.IsDue(_lookedAtNs, nowNs))
        {
            Array.Clear(_stoodAt);
        }

        _lookedAtNs = nowNs;
    }

    /// <summary>Whether the pair has had its trade of this date.</summary>
    public bool HasTraded(int pair, PortfolioSnapshot snapshot)
    {
        long stood = _stoodAt[pair];
        long stands = StandOf(pair, snapshot);
        return HasDates && (stood > 0 ? stands > stood : stood < 0 && stands < -stood);
    }

    /// <summary>The pair is asked to trade.</summary>
    public void Ask(in RebalanceOrder order, PortfolioSnapshot snapshot)
    {
        long stands = StandOf(order.Product, snapshot);
        _stoodAt[order.Product] = order.Side == OrderSide.Buy ? stands : -stands;
    }

    /// <summary>Nothing is left to do on this date.</summary>
    public void End(long nowNs) => LastNs = HasDates ? nowNs : null;

    public void Save(CheckpointWriter writer)
    {
        writer.Write(_lookedAtNs);
        writer.Write(MemoryMarshal.AsBytes(_stoodAt.AsSpan()));
    }

    /// <summary>Takes a state back; what <see cref="Save"/> writes is missing in those of earlier versions.</summary>
    public void Restore(long? lastNs, CheckpointReader reader)
    {
        LastNs = lastNs;
        if (!reader.AtEnd)
        {
            _lookedAtNs = reader.ReadInt64();
            MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_stoodAt);
        }
    }

    private static long StandOf(int pair, PortfolioSnapshot snapshot) =>
        snapshot.Pairs[pair].Held + snapshot.Pairs[pair].Buying;
}
