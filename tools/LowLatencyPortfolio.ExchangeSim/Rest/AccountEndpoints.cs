using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Wallets, the key's rights, portfolios and the fee tier.</summary>
internal static class AccountEndpoints
{
    private const string OpenedAt = "2021-05-31T09:59:59Z";
    private const int DefaultAccounts = 49;
    private const int MaxAccounts = 250;
    private static readonly HashSet<string> s_fiat = ["USD", "EUR", "GBP", "CAD", "JPY", "CHF", "AUD", "BRL", "SGD"];

    public static bool IsFiat(string currency) => s_fiat.Contains(currency);

    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        const string Prefix = BrokerageEndpoints.Prefix;
        routes.MapGet($"{Prefix}/accounts", Bodies.Handler(request => Accounts(request, venue)));
        routes.MapGet($"{Prefix}/accounts/{{uuid}}", (string uuid) =>
            venue.Accounts.FirstOrDefault(account => account.Uuid == uuid) is { } found
                ? Answers.Ok(new { account = Account(found, venue) })
                : Answers.NotFound("account not found"));
        routes.MapGet($"{Prefix}/key_permissions", () => Answers.Ok(new
        {
            can_view = true,
            can_trade = venue.Settings.CanTrade,
            can_transfer = venue.Settings.CanTransfer,
            portfolio_uuid = venue.PortfolioId,
            portfolio_type = "DEFAULT",
        }));
        routes.MapGet($"{Prefix}/portfolios", () => Answers.Ok(new
        {
            portfolios = new[]
            {
                new { name = "Default", uuid = venue.PortfolioId, type = "DEFAULT", deleted = false },
            },
        }));
        routes.MapGet($"{Prefix}/transaction_summary", () => Answers.Ok(Summary(venue)));
    }

    private static IResult Accounts(HttpRequest request, Venue venue)
    {
        int limit = request.Count("limit", DefaultAccounts, MaxAccounts);
        var page = Page<AccountView>.Of(venue.Accounts, account => account.Uuid, static _ => true,
            limit == 0 ? DefaultAccounts : limit, request.One("cursor"));
        return Answers.Ok(new
        {
            accounts = page.Items.Select(account => Account(account, venue)),
            has_next = page.HasNext,
            cursor = page.Cursor,
            size = page.Items.Count,
        });
    }

    private static object Account(AccountView account, Venue venue) => new
    {
        uuid = account.Uuid,
        name = $"{account.Currency} Wallet",
        currency = account.Currency,
        available_balance = Amount(account.Available, account.Currency),
        @default = true,
        active = true,
        created_at = OpenedAt,
        updated_at = OpenedAt,
        deleted_at = (string?)null,
        type = IsFiat(account.Currency) ? "ACCOUNT_TYPE_FIAT" : "ACCOUNT_TYPE_CRYPTO",
        ready = true,
        hold = Amount(account.Hold, account.Currency),
        retail_portfolio_id = venue.PortfolioId,
        platform = "ACCOUNT_PLATFORM_CONSUMER",
    };

    private static object Amount(decimal value, string currency) => new { value = WireText.Number(value), currency };

    private static object Summary(Venue venue)
    {
        var settings = venue.Settings;
        var fills = venue.VisibleFills;
        decimal volume = fills.Sum(fill => fill.Value);
        decimal fees = fills.Sum(fill => fill.Fee);
        return new
        {
            total_volume = volume,
            total_fees = fees,
            fee_tier = new
            {
                pricing_tier = settings.PricingTier,
                usd_from = "",
                usd_to = "",
                taker_fee_rate = WireText.Number(settings.TakerFeeRate),
                maker_fee_rate = WireText.Number(settings.MakerFeeRate),
                aop_from = "0",
                aop_to = "1000000",
                volume_types_and_range = new[]
                {
                    new { volume_types = new[] { "VOLUME_TYPE_SPOT" }, vol_from = "0", vol_to = "10000" },
                },
            },
            margin_rate = (object?)null,
            goods_and_services_tax = (object?)null,
            advanced_trade_only_volume = volume,
            advanced_trade_only_fees = fees,
            coinbase_pro_volume = 0,
            coinbase_pro_fees = 0,
            total_balance = WireText.Number(TotalBalance(venue)),
            has_promo_fee = false,
        };
    }

    /// <summary>Everything at the last price in dollars; what has no dollar price counts nothing.</summary>
    private static decimal TotalBalance(Venue venue)
    {
        var prices = venue.Products.Where(product => product.QuoteCurrency == "USD")
            .ToDictionary(product => product.BaseCurrency, product => venue.Market(product.Id)?.LastPrice ?? 0);
        return venue.Accounts.Sum(account => (account.Available + account.Hold)
            * (account.Currency == "USD" ? 1 : prices.GetValueOrDefault(account.Currency)));
    }
}
