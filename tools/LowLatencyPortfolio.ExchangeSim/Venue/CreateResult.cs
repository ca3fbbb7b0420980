namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The answer to a create: an accepted order (not yet live, nor filled), or why not.</summary>
/// <param name="Repeated">The client order id was known: nothing was created, the first order is returned.</param>
public sealed record CreateResult(OrderView? Order, Rejection? Rejection, bool Repeated = false)
{
    public bool Success => Order is not null;
}
