using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Whether coins of a position have left the account: the same number must be missing in two looks, some seconds apart.
/// </summary>
/// <remarks>Thread: the ratchet's. Allocation: none. Source: SPEC 10.</remarks>
internal sealed class CoinWatch(PairSetup[] setups)
{
    /// <summary>Least time between the two looks.</summary>
    public const long ConfirmNs = 5 * EventTime.Second;

    private readonly long[] _missing = new long[setups.Length];
    private readonly long[] _sinceNs = new long[setups.Length];

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

    public void Save(CheckpointWriter writer)
    {
        writer.Section("coins");
        writer.Write(MemoryMarshal.AsBytes(_missing.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_sinceNs.AsSpan()));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("coins");
        MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_missing);
        MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_sinceNs);
    }
}
