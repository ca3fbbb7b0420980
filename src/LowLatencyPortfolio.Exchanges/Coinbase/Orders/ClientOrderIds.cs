using System.Globalization;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Our order ids at the venue: <c>llp-engineId-epoch-sequence</c>.</summary>
/// <remarks>Source: SPEC 9. Only ids with our engine's part are ours; all others belong to somebody else.</remarks>
internal sealed class ClientOrderIds
{
    /// <param name="engineId">The engine's part: letters and digits.</param>
    /// <param name="epoch">Number of this start, at least 1.</param>
    /// <exception cref="ArgumentException">The engine's part would not survive the trip.</exception>
    public ClientOrderIds(string engineId, long epoch)
    {
        if (engineId.Length is 0 or > 40 || engineId.Any(c => !char.IsAsciiLetterOrDigit(c)))
        {
            throw new ArgumentException("an engine id has 1 to 40 letters and digits", nameof(engineId));
        }

        EnginePrefix = $"llp-{engineId}-";
        Epoch = epoch;
    }

    /// <summary>What all ids of this engine begin with.</summary>
    public string EnginePrefix { get; }

    /// <summary>Number of this start.</summary>
    public long Epoch { get; }

    /// <summary>The id of one of our orders.</summary>
    public string Of(long epoch, long sequence) =>
        string.Create(CultureInfo.InvariantCulture, $"{EnginePrefix}{epoch}-{sequence}");

    /// <summary>Reads an id.</summary>
    /// <returns>False when the order is not ours.</returns>
    public bool TryParse(string? id, out long epoch, out long sequence)
    {
        epoch = 0;
        sequence = 0;
        if (id is null || !id.StartsWith(EnginePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        ReadOnlySpan<char> rest = id.AsSpan(EnginePrefix.Length);
        int hyphen = rest.IndexOf('-');
        return hyphen > 0
            && long.TryParse(rest[..hyphen], NumberStyles.None, CultureInfo.InvariantCulture, out epoch)
            && long.TryParse(rest[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
