using System.Globalization;
using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Finds out which product's state is not what it was when it was told last.</summary>
/// <remarks>
/// Thread: the feed's. Allocation: only for a change. The venue repeats all states every few seconds.
/// </remarks>
internal sealed class StatusWatch(ProductTable products)
{
    private const ulong HashSeed = 14_695_981_039_346_656_037;
    private const ulong HashPrime = 1_099_511_628_211;
    private readonly ulong[] _told = new ulong[products.Count];

    /// <summary>Told of each product's first state and of every change.</summary>
    public Action<ProductStatus>? Changed { get; set; }

    public void Take(ReadOnlySpan<byte> text, FeedFrame frame)
    {
        foreach (ref readonly StatusRow row in frame.Statuses)
        {
            ulong hash = HashOf(text, in row);
            if (hash == _told[row.Product])
            {
                continue;
            }

            _told[row.Product] = hash;
            Changed?.Invoke(new ProductStatus(
                row.Product, Words(text, row.Status), Words(text, row.Message), Number(text, row.QuoteIncrement),
                Number(text, row.BaseIncrement), Number(text, row.MinMarketFunds)));
        }
    }

    private static ulong HashOf(ReadOnlySpan<byte> text, in StatusRow row)
    {
        ulong hash = Add(HashSeed, text, row.Status);
        hash = Add(hash, text, row.Message);
        hash = Add(hash, text, row.BaseIncrement);
        hash = Add(hash, text, row.QuoteIncrement);
        return Add(hash, text, row.MinMarketFunds);
    }

    // FNV-1a; the length separates the parts.
    private static ulong Add(ulong hash, ReadOnlySpan<byte> text, JsonPart part)
    {
        foreach (byte character in text.Slice(part.Start, part.Length))
        {
            hash = (hash ^ character) * HashPrime;
        }

        return (hash ^ (uint)part.Length) * HashPrime;
    }

    private static string Words(ReadOnlySpan<byte> text, JsonPart part) =>
        Encoding.UTF8.GetString(text.Slice(part.Start, part.Length));

    private static decimal? Number(ReadOnlySpan<byte> text, JsonPart part)
    {
        ReadOnlySpan<byte> digits = text.Slice(part.Start, part.Length);
        bool isNumber = decimal.TryParse(
            digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value);
        return isNumber ? value : null;
    }
}
