using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>The <c>/v2</c> paths that general-purpose clients ask before they trade.</summary>
internal static class AppEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        routes.MapGet("/v2/currencies", () => Answers.Ok(new
        {
            data = Currencies(venue).Where(AccountEndpoints.IsFiat)
                .Select(currency => new { id = currency, name = currency, min_size = "0.01" }),
        }));
        routes.MapGet("/v2/currencies/crypto", () => Answers.Ok(new
        {
            data = Currencies(venue).Where(currency => !AccountEndpoints.IsFiat(currency)).Select(Crypto),
        }));
        routes.MapGet("/v2/exchange-rates", (string? currency) => Answers.Ok(new
        {
            data = new { currency = currency ?? "USD", rates = Rates(venue, currency ?? "USD") },
        }));
        routes.MapGet("/v2/accounts", () => Answers.Ok(new
        {
            pagination = new
            {
                ending_before = (string?)null,
                starting_after = (string?)null,
                limit = 250,
                order = "desc",
                previous_uri = (string?)null,
                next_uri = (string?)null,
            },
            data = venue.Accounts.Select(Account),
        }));
    }

    private static IEnumerable<string> Currencies(Venue venue) => venue.Accounts.Select(account => account.Currency);

    /// <summary>
    /// What one unit of a currency buys of the others, by last prices; one to one where nothing traded.
    /// </summary>
    private static Dictionary<string, string> Rates(Venue venue, string currency) => Currencies(venue).ToDictionary(
        other => other,
        other => venue.Market($"{other}-{currency}")?.LastPrice is { } price && price > 0
            ? WireText.Number(Math.Round(1 / price, 16))
            : "1");

    private static object Crypto(string currency, int index) => new
    {
        asset_id = currency,
        code = currency,
        name = currency,
        color = "#000000",
        sort_index = 100 + index,
        exponent = 8,
        type = "crypto",
        address_regex = "",
    };

    /// <summary>Here the balance is the whole wallet, holds included.</summary>
    private static object Account(AccountView account) => new
    {
        id = account.Uuid,
        name = $"{account.Currency} Wallet",
        primary = false,
        type = AccountEndpoints.IsFiat(account.Currency) ? "fiat" : "wallet",
        currency = new
        {
            code = account.Currency,
            name = account.Currency,
            exponent = AccountEndpoints.IsFiat(account.Currency) ? 2 : 8,
            type = AccountEndpoints.IsFiat(account.Currency) ? "fiat" : "crypto",
        },
        balance = new { amount = WireText.Number(account.Available + account.Hold), currency = account.Currency },
        created_at = "2021-05-31T09:59:59Z",
        updated_at = "2021-05-31T09:59:59Z",
        resource = "account",
        resource_path = $"/v2/accounts/{account.Uuid}",
        allow_deposits = true,
        allow_withdrawals = true,
    };
}
