using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Finds a pair by the name under which the venue's messages speak of its product.</summary>
/// <remarks>
/// Thread: immutable. Allocation: none after construction. A product quoted in USDC shares the book of the one quoted
/// in USD: the venue takes a subscription under its own name and sends messages under the USD name, but for
/// USDT-USDC and EURC-USDC, which have books of their own.
/// </remarks>
internal sealed class ProductTable
{
    private static readonly string[] OwnBooks = ["USDT-USDC", "EURC-USDC"];

    private readonly byte[]?[] _names;
    private readonly int[] _indices;
    private readonly int _mask;

    public ProductTable(IReadOnlyList<PairSetup> pairs)
    {
        Pairs = [.. pairs];
        Count = pairs.Count == 0 ? 0 : pairs.Max(pair => pair.Index) + 1;
        ByIndex = new PairSetup[Count];
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, 4 * pairs.Count));
        _names = new byte[size][];
        _indices = new int[size];
        _mask = size - 1;
        foreach (PairSetup pair in pairs)
        {
            ByIndex[pair.Index] = pair;
            Add(pair.ProductId, pair.Index);
        }

        foreach (PairSetup pair in pairs)
        {
            Add(BookOf(pair), pair.Index);
        }
    }

    /// <summary>The pairs of the feed, which need not be all of the engine's.</summary>
    /// <remarks>An array, so that walking over it for each message allocates nothing.</remarks>
    public PairSetup[] Pairs { get; }

    /// <summary>One more than the highest index.</summary>
    public int Count { get; }

    /// <summary>The pairs by index; null where the feed has none.</summary>
    public PairSetup[] ByIndex { get; }

    /// <summary>The name of the book that a pair trades in.</summary>
    public static string BookOf(PairSetup pair) =>
        pair.Product.QuoteCurrency == "USDC" && !OwnBooks.Contains(pair.ProductId)
            ? pair.ProductId[..^1]
            : pair.ProductId;

    /// <returns>Index of the pair; −1 when the feed does not have it.</returns>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (int slot = Hash(name) & _mask; ; slot = (slot + 1) & _mask)
        {
            byte[]? known = _names[slot];
            if (known is null)
            {
                return -1;
            }

            if (name.SequenceEqual(known))
            {
                return _indices[slot];
            }
        }
    }

    private void Add(string productId, int index)
    {
        byte[] name = Encoding.UTF8.GetBytes(productId);
        if (IndexOf(name) >= 0)
        {
            return;     // the pair that bears the name itself comes first
        }

        int slot = Hash(name) & _mask;
        while (_names[slot] is not null)
        {
            slot = (slot + 1) & _mask;
        }

        _names[slot] = name;
        _indices[slot] = index;
    }

    // Base currencies differ in their first letters, so eight of them and the length spread well enough.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong head = 0;
        if (name.Length >= sizeof(ulong))
        {
            head = MemoryMarshal.Read<ulong>(name);
        }
        else
        {
            foreach (byte character in name)
            {
                head = (head << 8) | character;
            }
        }

        return (int)(((head + (ulong)name.Length) * 0x9E37_79B9_7F4A_7C15) >> 40);
    }
}
