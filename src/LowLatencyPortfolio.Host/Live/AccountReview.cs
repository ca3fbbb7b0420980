using System.Globalization;
using System.Net;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>Looks at the account before anything is traded on it, and refuses what must not be.</summary>
/// <param name="queries">How the venue is asked.</param>
/// <param name="time">This machine's clock.</param>
/// <param name="faults">Takes one line a fault; none of them shows any part of the key.</param>
/// <param name="notes">Takes what a user should know although it hinders nothing.</param>
internal sealed class AccountReview(
    ICoinbaseQueries queries, TimeProvider time, FaultLines faults, ICollection<string> notes)
{
    private const string Place = "--gateway coinbase";

    /// <summary>Asks for the time, for rights, fees and balances.</summary>
    /// <param name="portfolio">The capital that the account must cover.</param>
    /// <param name="soFar">
    /// Our positions count at most with what the account has of them; what was lost before need not be there any more.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What was found; null when the key is not accepted.</returns>
    /// <exception cref="QueryException">The venue did not answer.</exception>
    public async Task<AccountFacts?> LookAsync(
        PortfolioConfig portfolio, PortfolioSoFar soFar, CancellationToken cancel)
    {
        await CompareClocksAsync(cancel).ConfigureAwait(false);
        KeyPermissions? rights = await RightsAsync(cancel).ConfigureAwait(false);
        if (rights is null)
        {
            return null;
        }

        FeeRates fees = await queries.FeesAsync(cancel).ConfigureAwait(false);
        IReadOnlyList<CoinbaseAccount> accounts = await queries.AccountsAsync(cancel).ConfigureAwait(false);
        decimal worth = TotalOf(accounts, portfolio.QuoteCurrency)
            + soFar.Held.Sum(position => position.Price
                * Math.Min(position.Quantity, TotalOf(accounts, position.BaseCurrency)));
        CheckWorth(portfolio, soFar, worth);
        return new AccountFacts(rights.PortfolioId, fees, worth);
    }

    // A portfolio that has lost is not refused for it, and one that holds something is never left alone: what it may
    // still buy is bounded by the balance anyway.
    private void CheckWorth(PortfolioConfig portfolio, PortfolioSoFar soFar, decimal worth)
    {
        decimal needed = portfolio.TotalCapital + Math.Min(0m, soFar.Realized);
        if (worth >= needed)
        {
            return;
        }

        string currency = portfolio.QuoteCurrency;
        string lost = needed < portfolio.TotalCapital
            ? $" less {Money.Cents(portfolio.TotalCapital - needed, currency)} lost so far"
            : string.Empty;
        string what = $"totalCapital is {Money.Cents(portfolio.TotalCapital, currency)}{lost}, but balance, holds and "
            + $"our positions are worth {Money.Cents(worth, currency)}";
        if (soFar.NeedsCare)
        {
            notes.Add($"{what}; entries are bounded by the balance");
        }
        else
        {
            faults.Add(Place, $"{what}; lower totalCapital or bring the money in");
        }
    }

    private async Task CompareClocksAsync(CancellationToken cancel)
    {
        TimeSpan skew = await VenueClock.SkewAsync(queries, time, cancel).ConfigureAwait(false);
        if (skew.Duration() > VenueClock.LargestSkew)
        {
            string side = skew > TimeSpan.Zero ? "behind" : "ahead of";
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"this machine's clock is {skew.Duration().TotalSeconds:0.0} s {side} the venue's; "
                + $"no entry is taken while they differ by more than {VenueClock.LargestSkew.TotalSeconds:0} s"));
        }
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
