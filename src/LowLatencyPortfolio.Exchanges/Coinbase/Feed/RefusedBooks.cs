using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Books that the Exchange feed refused to subscribe to on this connection.</summary>
/// <remarks>
/// Thread: the feed's. Allocation: only for a refusal. That feed refuses a subscription as a whole and names the first
/// book that it does not know, so a product that is no longer traded would take the prices of all others away.
/// </remarks>
internal sealed class RefusedBooks(ProductTable products)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isNew;

    private static ReadOnlySpan<byte> Unknown => " is not a valid product"u8;

    /// <summary>A new connection asks for every book again.</summary>
    public void Clear()
    {
        _names.Clear();
        _isNew = false;
    }

    /// <summary>Takes the reason of a refusal; one that names no book of ours says nothing here.</summary>
    public void Take(ReadOnlySpan<byte> reason)
    {
        if (!reason.EndsWith(Unknown))
        {
            return;
        }

        string name = Encoding.UTF8.GetString(reason[..^Unknown.Length]);
        if (products.Pairs.Any(pair => ProductTable.BookOf(pair) == name))
        {
            _isNew |= _names.Add(name);
        }
    }

    /// <summary>Whether the subscription is to be sent again, without what was refused since the last time.</summary>
    public bool TakeNew()
    {
        bool isNew = _isNew;
        _isNew = false;
        return isNew;
    }

    public bool Contains(string book) => _names.Contains(book);
}
