namespace LowLatencyPortfolio.Signals;

/// <summary>The measured groups after a close, and what the close changed.</summary>
/// <remarks>Valid until the next update of the groups it came from.</remarks>
public readonly ref struct GroupUpdate
{
    internal GroupUpdate(ReadOnlySpan<int> groups, ReadOnlySpan<GroupChange> changes)
    {
        Groups = groups;
        Changes = changes;
    }

    /// <summary>
    /// By pair: its group's number, which is the index of the member whose product id is the first in ordinal order. A
    /// pair without a group of others has its own index.
    /// </summary>
    public ReadOnlySpan<int> Groups { get; }

    /// <summary>Pairs whose group number changed at this close, by rising pair index.</summary>
    public ReadOnlySpan<GroupChange> Changes { get; }

    /// <summary>Whether any pair's group number changed.</summary>
    public bool Changed => !Changes.IsEmpty;
}
