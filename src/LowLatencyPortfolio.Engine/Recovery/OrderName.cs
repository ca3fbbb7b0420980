using System.Globalization;

namespace LowLatencyPortfolio.Engine;

/// <summary>Our name of an order at a venue: <c>llp-engineId-epoch-sequence</c>.</summary>
internal readonly record struct OrderName(long Epoch, long Sequence)
{
    /// <returns>False when the order is not this engine's.</returns>
    public static bool TryParse(string engineId, string text, out OrderName name)
    {
        name = default;
        string prefix = $"llp-{engineId}-";
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(prefix.Length);
        int hyphen = rest.IndexOf('-');
        if (hyphen <= 0
            || !long.TryParse(rest[..hyphen], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            || !long.TryParse(
                rest[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
        {
            return false;
        }

        name = new OrderName(epoch, sequence);
        return true;
    }
}
