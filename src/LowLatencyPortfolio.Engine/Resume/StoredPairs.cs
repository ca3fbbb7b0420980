using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>The pairs that a stored state begins with, that of a replay and that of a live engine alike.</summary>
internal static class StoredPairs
{
    /// <exception cref="JournalException">The state cannot be understood.</exception>
    public static string[] NamesOf(ReadOnlyMemory<byte> state)
    {
        try
        {
            CheckpointReader reader = new(state);
            _ = reader.ReadString();
            string[] names = new string[reader.ReadInt32()];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = reader.ReadString();
                _ = reader.ReadInt64();     // its decimals
            }

            return names;
        }
        catch (Exception e) when (e is InvalidDataException or OverflowException)
        {
            throw new JournalException($"the stored state cannot be understood ({e.Message})", e);
        }
    }
}
