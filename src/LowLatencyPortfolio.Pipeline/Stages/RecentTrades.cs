using System.Runtime.CompilerServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>The newest venue trade numbers of every pair, to recognise one that is delivered again.</summary>
/// <remarks>
/// Venues number the trades of a product one by one, so a table of 64 places, each number at its remainder, remembers
/// exactly the last 64. After a reconnect venues repeat fewer than that.
/// </remarks>
internal sealed class RecentTrades(int pairs)
{
    private const int Size = 64;

    private readonly long[] _keys = new long[pairs * Size];

    /// <summary>All pairs' places, for a checkpoint.</summary>
    public Span<long> Keys => _keys;

    /// <summary>Remembers a trade; a trade without a number (0) is always new.</summary>
    /// <returns>False when it is one of the remembered ones.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAdd(int product, long key)
    {
        if (key == 0)
        {
            return true;
        }

        ref long place = ref _keys[(product * Size) + (int)(key & (Size - 1))];
        bool isNew = place != key;
        place = key;
        return isNew;
    }
}
