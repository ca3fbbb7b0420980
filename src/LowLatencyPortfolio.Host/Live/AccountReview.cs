using System.Net;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>Looks at the account before anything is traded on it, and refuses what must not be.</summary>
/// <param name="queries">How the venue is asked.</param>
/// <param name="faults">Takes one line a fault; none of them shows any part of the key.</param>
internal sealed class AccountReview(ICoinbaseQueries queries, FaultLines faults)
{
    private const string Place = "--gateway coinbase";

    /// <summary>Asks for rights, fees and balances.</summary>
    /// <param name="portfolio">The capital that the account must cover.</param>
    /// <param name="held">Our positions so far; they count at most with what the account has of them.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What was found; null when the key is not accepted.</returns>
    /// <exception cref="QueryException">The venue did not answer.</exception>
    public async Task<AccountFacts?> LookAsync(
        PortfolioConfig portfolio, IReadOnlyList<HeldPosition> held, CancellationToken cancel)
    {
        KeyPermissions? rights = await RightsAsync(cancel).ConfigureAwait(false);
        if (rights is null)
        {
            return null;
        }

        FeeRates fees = await queries.FeesAsync(cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseAccount> accounts = await queries.AccountsAsync(cancel).ConfigureAwait(false);
        decimal worth = TotalOf(accounts, portfolio.QuoteCurrency)
            + held.Sum(position => position.Price
                * Math.Min(position.Quantity, TotalOf(accounts, position.BaseCurrency)));
        if (portfolio.TotalCapital > worth)
        {
            string currency = portfolio.QuoteCurrency;
            faults.Add(
                Place,
                $"totalCapital is {Money.Cents(portfolio.TotalCapital, currency)}, but balance, holds and our positions "
                + $"are worth {Money.Cents(worth, currency)}; lower totalCapital or bring the money in");
        }

        return new AccountFacts(rights.PortfolioId, fees, worth);
    }

    private static decimal TotalOf(IEnumerable<CoinbaseAccount> accounts, string currency) => accounts
        .Where(account => account.Currency == currency)
        .Sum(account => account.Available + account.Hold);

    private async Task<KeyPermissions?> RightsAsync(CancellationToken cancel)
    {
        try
        {
            KeyPermissions rights = await queries.PermissionsAsync(cancel).ConfigureAwait(false);
            CheckRights(rights);
            return rights;
        }
        catch (QueryException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            faults.Add(
                Place,
                $"the venue does not accept the API key ({(int)e.Status}): check the key, its list of addresses, "
                + "and this machine's clock");
        }

        return null;
    }

    private void CheckRights(KeyPermissions rights)
    {
        try
        {
            rights.Require();
        }
        catch (CredentialException e)
        {
            faults.Add(Place, e.Message);
        }
    }
}
