namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>An event whose every field follows from its key, so that a stale or torn slot is seen.</summary>
public struct Ev
{
    public long Key;
    public long Negated;
    public long Hash;
    public long StageOne;
    public long StageTwo;
    public long Tail;

    public static long HashOf(long key) => unchecked((key * 6364136223846793005L) + 1442695040888963407L);

    public void Fill(long key)
    {
        Key = key;
        Negated = ~key;
        Hash = HashOf(key);
        StageOne = 0;
        StageTwo = 0;
        Tail = key ^ 0x5555_5555_5555_5555;
    }

    public readonly bool IsWhole => Negated == ~Key && Hash == HashOf(Key) && Tail == (Key ^ 0x5555_5555_5555_5555);
}
