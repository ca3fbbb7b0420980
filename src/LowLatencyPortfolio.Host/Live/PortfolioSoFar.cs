using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>What the database says of a portfolio that may have traded before.</summary>
/// <param name="Held">Its positions.</param>
/// <param name="Realized">Won and lost so far, fees included, quote.</param>
/// <param name="HasOpenOrders">Whether an order may still trade.</param>
internal sealed record PortfolioSoFar(IReadOnlyList<HeldPosition> Held, decimal Realized, bool HasOpenOrders)
{
    /// <summary>Nothing has been traded.</summary>
    public static readonly PortfolioSoFar Nothing = new([], Realized: 0m, HasOpenOrders: false);

    /// <summary>Whether something has to be looked after, whatever else is wrong.</summary>
    public bool NeedsCare => Held.Count > 0 || HasOpenOrders;

    /// <summary>Reads a database, if there is one.</summary>
    /// <param name="database">The file; null for a new portfolio.</param>
    /// <param name="listings">The venue's last prices.</param>
    /// <returns>As it stands there.</returns>
    /// <exception cref="JournalException">The database cannot be read.</exception>
    public static PortfolioSoFar Read(string? database, IReadOnlyList<CoinbaseListing> listings)
    {
        if (database is null || !File.Exists(database))
        {
            return Nothing;
        }

        using PortfolioDatabase stored = PortfolioDatabase.OpenReadOnly(database);
        HeldPosition[] held = [.. stored.Positions()
            .Where(row => row.ClosedAtNs is null && row.Quantity > 0m)
            .Select(row => new HeldPosition(
                row.ProductId.Split('-')[0],
                row.Quantity,
                listings.FirstOrDefault(listing => listing.Product.ProductId == row.ProductId)?.Price ?? 0m))];
        return new PortfolioSoFar(held, stored.Portfolio().Realized, stored.HasOpenOrders());
    }
}
