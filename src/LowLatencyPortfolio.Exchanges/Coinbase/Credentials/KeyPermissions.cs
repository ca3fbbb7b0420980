namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the key may do.</summary>
/// <param name="CanView">May read orders and balances.</param>
/// <param name="CanTrade">May place and cancel orders.</param>
/// <param name="CanTransfer">May move money out; such a key is refused.</param>
/// <param name="PortfolioId">The one portfolio the key is bound to.</param>
public sealed record KeyPermissions(bool CanView, bool CanTrade, bool CanTransfer, string PortfolioId)
{
    /// <summary>Refuses a key that may do too much or too little.</summary>
    /// <exception cref="CredentialException">It can transfer, or it cannot view and trade.</exception>
    public void Require()
    {
        if (CanTransfer)
        {
            throw new CredentialException(
                "the API key may transfer money; trading needs no such right: create a key with view and trade only");
        }

        if (!CanView || !CanTrade)
        {
            throw new CredentialException("the API key must have the rights view and trade");
        }
    }
}
