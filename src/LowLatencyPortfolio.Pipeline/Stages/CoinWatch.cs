using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Whether coins of a position have left the account, and how many of those that are there our orders can sell: the
/// same number must be missing in two looks, some seconds apart.
/// </summary>
/// <remarks>
/// Coins that somebody else's order holds stay in the position; no stop covers them and no exit sells them, because an
/// order for them would be refused whole. They count again with the first look that shows them free. Thread: the
/// ratchet's. Allocation: none. Source: SPEC 10.
/// </remarks>
internal sealed class CoinWatch(PairSetup[] setups)
{
    /// <summary>Least time between the two looks.</summary>
    public const long ConfirmNs = 5 * EventTime.Second;

    private readonly long[] _missing = new long[setups.Length];
    private readonly long[] _sinceNs = new long[setups.Length];
    private readonly long[] _blocked = new long[setups.Length];
    private readonly long[] _blockedSinceNs = new long[setups.Length];
    private readonly long[] _contested = new long[setups.Length];
    private readonly bool[] _isRecovered = new bool[setups.Length];

    /// <summary>What a position has beyond what is there.</summary>
    /// <returns>Ring units; 0 for less than an increment, which is no coin that could be sold.</returns>
    public static long Shortage(ProductSpec product, long held, long there)
    {
        long shortage = held - Math.Max(there, 0);
        return shortage < product.QuantityIncrementUnits ? 0 : shortage;
    }

    /// <summary>Takes one look in.</summary>
    /// <returns>Whether what is missing now was missing in an earlier look too, and nothing less since.</returns>
    public bool HaveLeft(in TradingEvent e, long held)
    {
        ref long missing = ref _missing[e.Product];
        ref long sinceNs = ref _sinceNs[e.Product];
        long shortage = Shortage(setups[e.Product].Product, held, e.Quantity);
        if (shortage != missing)
        {
            missing = shortage;
            sinceNs = e.NowNs;
            return false;
        }

        if (shortage == 0 || e.NowNs - sinceNs < ConfirmNs)
        {
            return false;
        }

        missing = 0;
        return true;
    }

    /// <summary>How much of a position our orders can sell.</summary>
    /// <returns>Ring units, 0 to <paramref name="held"/>.</returns>
    public long Sellable(int product, long held) => held - Math.Min(_contested[product], held);

    /// <summary>Takes in how many coins of a pair our orders can sell.</summary>
    /// <returns>Whether what can be sold is another quantity than before.</returns>
    public bool ChangesSellable(in TradingEvent e, long held)
    {
        ref long blocked = ref _blocked[e.Product];
        ref long contested = ref _contested[e.Product];
        long shortage = Shortage(setups[e.Product].Product, held, e.CumulativeQuantity);
        long before = contested;
        _isRecovered[e.Product] = false;
        contested = Math.Min(contested, shortage);
        if (shortage != blocked)
        {
            blocked = shortage;
            _blockedSinceNs[e.Product] = e.NowNs;
        }
        else if (e.NowNs - _blockedSinceNs[e.Product] >= ConfirmNs)
        {
            contested = shortage;
        }

        return contested != before;
    }

    /// <summary>What a stop of ours holds nobody else does, and what is not held any more is nobody's.</summary>
    /// <remarks>
    /// A stop that ended while nobody ran works for the rows until its end is told, and proves nothing: what a start
    /// has found holds until the venue tells of the coins itself.
    /// </remarks>
    public void Prove(int product, long held, long stops)
    {
        stops = _isRecovered[product] ? 0 : stops;
        ref long contested = ref _contested[product];
        contested = Math.Min(contested, Math.Max(held - stops, 0));
    }

    /// <summary>Takes over what a start found out in two looks of its own.</summary>
    public void Recover(int product, long contested) =>
        (_contested[product], _isRecovered[product]) = (contested, true);

    public void Save(CheckpointWriter writer)
    {
        writer.Section("coins");
        writer.Write(MemoryMarshal.AsBytes(_missing.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_sinceNs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_blocked.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_blockedSinceNs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_contested.AsSpan()));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("coins");
        reader.ReadInto<long>(_missing);
        reader.ReadInto<long>(_sinceNs);
        reader.ReadInto<long>(_blocked);
        reader.ReadInto<long>(_blockedSinceNs);
        reader.ReadInto<long>(_contested);
    }
}
