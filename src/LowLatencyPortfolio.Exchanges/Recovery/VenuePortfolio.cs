namespace LowLatencyPortfolio.Exchanges;

/// <summary>What a venue has of an account at one time: our orders, balances, products.</summary>
public sealed record VenuePortfolio
{
    /// <summary>
    /// The venue has just begun and remembers nothing, orders least of all: a simulated one after a crash. Nothing else
    /// here counts.
    /// </summary>
    public bool IsAnew { get; init; }

    /// <summary>Our orders: every open one, and those that ended since the time asked about.</summary>
    public IReadOnlyList<SeenOrder> Orders { get; init; } = [];

    /// <summary>
    /// Orders whose fills say more than they do, also after the venue was looked at again for a while.
    /// </summary>
    public IReadOnlyList<FillContradiction> Contradictions { get; init; } = [];

    /// <summary>Balances by currency; a currency that is not there is empty.</summary>
    public IReadOnlyDictionary<string, VenueBalance> Balances { get; init; } =
        new Dictionary<string, VenueBalance>(StringComparer.Ordinal);

    /// <summary>Products in which no new order is taken now.</summary>
    public IReadOnlyCollection<string> ClosedProducts { get; init; } = [];

    /// <summary>The venue's clock minus ours; zero when it is not known to differ.</summary>
    public TimeSpan ClockSkew { get; init; }
}
