namespace LowLatencyPortfolio.Exchanges;

/// <summary>
/// A venue with which an engine that was not stopped in order can go on: it can be asked what became of our orders, or
/// it knows that they are gone.
/// </summary>
/// <remarks>
/// Thread: <see cref="LookAsync"/> from any thread, before or after the start; <see cref="Adopt"/> once, before
/// <see cref="IOrderGateway.Identify"/>, so that whatever the venue says from then on finds the orders known. Entries
/// are refused from a recovery on until the gateway reports <see cref="Pipeline.HealthFlag.NotReconciled"/> as good
/// again, unless its look <see
/// cref="VenuePortfolio.IsAnew">began anew</see>.
/// </remarks>
public interface IRecoverableGateway : IOrderGateway
{
    /// <summary>Which venue this is, one word; a crashed session can only go on where it traded.</summary>
    string Venue { get; }

    /// <summary>Looks at the account; changes nothing.</summary>
    /// <param name="engineId">Orders named <c>llp-engineId-…</c> are ours.</param>
    /// <param name="since">How far back finished orders are of interest, ns UTC.</param>
    /// <param name="fillsSince">How far back fills are of interest, ns UTC.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What the venue has, balances read after orders and fills.</returns>
    Task<VenuePortfolio> LookAsync(string engineId, long since, long fillsSince, CancellationToken cancel);

    /// <summary>
    /// Takes over what was already reported of each order, so that only what is new is reported from here on: what buys
    /// have traded before what sells have.
    /// </summary>
    /// <param name="portfolio">Orders, holdings and cash as they were written down.</param>
    void Adopt(AdoptedPortfolio portfolio);
}
