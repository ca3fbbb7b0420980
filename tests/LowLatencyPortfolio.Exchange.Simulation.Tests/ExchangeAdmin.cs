using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>The simulator's admin side: what happens in the market, what goes wrong, what is true.</summary>
internal sealed class ExchangeAdmin(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>Something trades.</summary>
    public Task PrintAsync(string product, decimal price, decimal size = 1m) => PostAsync(
        string.Create(
            CultureInfo.InvariantCulture, $"/admin/play/print?product={product}&price={price}&size={size}"),
        string.Empty);

    /// <summary>Faults of the venue itself, as a JSON list; replaces all.</summary>
    public Task VenueFaultsAsync(string list) => PostAsync("/admin/faults", $$"""{"faults":[{{list}}]}""");

    /// <summary>Faults of the wire, as a JSON list; replaces all.</summary>
    public Task WireFaultsAsync(string list, int skewMs = 0) => PostAsync(
        "/admin/wire/faults",
        string.Create(CultureInfo.InvariantCulture, $$"""{"clock_skew_ms":{{skewMs}},"faults":[{{list}}]}"""));

    /// <summary>How often the wire's faults have struck.</summary>
    public async Task<long> StrikesAsync()
    {
        using JsonDocument answer = await GetAsync("/admin/wire/faults");
        JsonElement strikes = answer.RootElement.GetProperty("strikes");
        return strikes.ValueKind == JsonValueKind.Array
            ? strikes.EnumerateArray().Sum(one => one.GetInt64())
            : strikes.EnumerateObject().Sum(one => one.Value.GetInt64());
    }

    public Task ProductAsync(string product, string fields) =>
        PostAsync("/admin/product", $$"""{"product_id":"{{product}}",{{fields}}}""");

    public Task SettingsAsync(string fields) => PostAsync("/admin/settings", $$"""{{{fields}}}""");

    public Task MoveCoinsAsync(string currency, decimal amount) => PostAsync(
        "/admin/move-coins",
        string.Create(CultureInfo.InvariantCulture, $$"""{"currency":"{{currency}}","amount":"{{amount}}"}"""));

    /// <summary>Another hand on the account cancels an order.</summary>
    public Task ForeignCancelAsync(string orderId) =>
        PostAsync("/admin/foreign-cancel", $$"""{"order_ids":["{{orderId}}"]}""");

    /// <summary>Another hand on the account places a limit order.</summary>
    public Task ForeignLimitAsync(
        string product, string side, decimal size, decimal price, string? clientId = null) => PostAsync(
        "/admin/foreign-order",
        string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"client_order_id":"{{{{clientId ?? Guid.NewGuid().ToString()}}}}","product_id":"{{{{product}}}}","side":"{{{{side}}}}",
            "order_configuration":{"limit_limit_gtc":{"base_size":"{{{{size}}}}","limit_price":"{{{{price}}}}"}}}
            """));

    /// <summary>An order of any name arrives that sells at a stop.</summary>
    public Task ForeignStopAsync(string clientId, string product, decimal size, decimal stop, decimal limit) =>
        PostAsync("/admin/foreign-order", string.Create(CultureInfo.InvariantCulture, $$$$"""
            {"client_order_id":"{{{{clientId}}}}","product_id":"{{{{product}}}}","side":"SELL",
            "order_configuration":{"stop_limit_stop_limit_gtc":{"base_size":"{{{{size}}}}",
            "limit_price":"{{{{limit}}}}","stop_price":"{{{{stop}}}}","stop_direction":"STOP_DIRECTION_STOP_DOWN"}}}
            """));

    /// <summary>Requests a second that the venue answers; 0 for any number.</summary>
    public Task LimitAsync(int perSecond) => PostAsync(
        "/admin/wire/limits", string.Create(CultureInfo.InvariantCulture, $$"""{"private":{{perSecond}}}"""));

    public Task RevokeKeyAsync(bool isRevoked) =>
        PostAsync($"/admin/wire/key?revoked={(isRevoked ? "true" : "false")}", string.Empty);

    public Task DisconnectAllAsync() => PostAsync("/admin/wire/disconnect", string.Empty);

    public async Task<VenueLedger> LedgerAsync()
    {
        using JsonDocument answer = await GetAsync("/admin/ledger");
        return VenueLedger.Read(answer.RootElement);
    }

    /// <summary>Every state that a product's orders were in, in the order of events.</summary>
    public async Task<IReadOnlyList<LedgerOrder>> ChangesAsync(string product)
    {
        using JsonDocument answer = await GetAsync($"/admin/ledger/changes?product={product}");
        return VenueLedger.ReadChanges(answer.RootElement);
    }

    /// <summary>Everything works and every product trades again.</summary>
    public async Task HealAsync()
    {
        await WireFaultsAsync(string.Empty);
        await VenueFaultsAsync(string.Empty);
        await RevokeKeyAsync(false);
        await LimitAsync(0);
        await SettingsAsync("""
            "maker_fee_rate":"0.006","taker_fee_rate":"0.012","ack_ms":0,"cancel_ms":0,"edit_ms":0,"fill_ms":0,
            "fill_list_lag_ms":0,"order_list_lag_ms":0,"order_fill_lag_ms":0,"ended_order_list_ms":0,
            "limit_fills_to_print_size":false,"max_edits_per_order":100,
            "can_trade":true
            """);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> GetAsync(string path) =>
        JsonDocument.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)));

    private async Task PostAsync(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} {body}: {(int)answer.StatusCode} {text}");
        Assert.DoesNotContain("\"success\":false", text, StringComparison.Ordinal);
    }
}
