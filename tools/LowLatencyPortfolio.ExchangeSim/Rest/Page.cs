using System.Text;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// One page of a list; the cursor names the last item shown, so that what is added meanwhile shifts nothing.
/// </summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, bool HasNext, string Cursor)
{
    /// <param name="all">
    /// The whole list in its order, not yet filtered: an item that leaves the filter keeps its place.
    /// </param>
    /// <param name="limit">Items per page, at least 1.</param>
    /// <param name="cursor">From the page before, or null.</param>
    /// <exception cref="RequestFault">The cursor was not made here.</exception>
    public static Page<T> Of(
        IReadOnlyList<T> all, Func<T, string> idOf, Func<T, bool> includes, int limit, string? cursor)
    {
        var rest = all.Skip(cursor is null ? 0 : PlaceAfter(all, idOf, Decode(cursor))).Where(includes)
            .Take(limit + 1).ToList();
        bool hasNext = rest.Count > limit;
        if (hasNext)
            rest.RemoveAt(limit);
        return new Page<T>(rest, hasNext, hasNext ? Encode(idOf(rest[^1])) : "");
    }

    private static int PlaceAfter(IReadOnlyList<T> all, Func<T, string> idOf, string lastId)
    {
        for (int i = 0; i < all.Count; i++)
        {
            if (idOf(all[i]) == lastId)
                return i + 1;
        }

        throw new RequestFault("invalid cursor");
    }

    private static string Encode(string id) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(id));

    private static string Decode(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(cursor));
        }
        catch (FormatException)
        {
            throw new RequestFault("invalid cursor");
        }
    }
}
