using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>The fields of an object that are read; a field's number is its place in the list.</summary>
/// <remarks>
/// List them in the order in which the venue writes them: the search begins after the field found last.
/// </remarks>
/// <param name="names">At most 32.</param>
internal sealed class FieldNames(params string[] names)
{
    private readonly byte[][] _names = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => _names.Length;

    /// <param name="name">Any text.</param>
    /// <param name="expected">The field that is looked at first.</param>
    /// <returns>−1 when the field is none of these.</returns>
    public int IndexOf(ReadOnlySpan<byte> name, int expected)
    {
        byte[][] known = _names;
        for (int i = 0; i < known.Length; i++)
        {
            int index = expected + i < known.Length ? expected + i : expected + i - known.Length;
            if (name.SequenceEqual(known[index]))
            {
                return index;
            }
        }

        return -1;
    }
}
