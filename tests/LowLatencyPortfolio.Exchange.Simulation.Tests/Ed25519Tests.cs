using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>A session whose every request and subscription is signed with EdDSA.</summary>
public sealed class Ed25519Tests(Ed25519ExchangeProcess exchange) : IClassFixture<Ed25519ExchangeProcess>
{
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_position_is_bought_protected_followed_and_sold()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await trader.PrintAsync(110m);
        await trader.CoveredAsync(2m, trigger: 104.50m);
        _ = await trader.LiquidateAsync();
        await trader.FlatAsync();
        await Truth.HoldsAsync(trader);
        Assert.Equal(0, trader.Gateway.Counters.NotAuthorized);
    }

    [Fact]
    public async Task The_user_channel_tells_of_a_fill_without_a_question()
    {
        // No look at the venue is due for as long as the test may take: the fill can only have been told.
        await using Trader trader = await Trader.StartAsync(exchange, new TraderSetup
        {
            Gateway = options => options with { OpenOrdersEvery = Never, FillsEvery = Never },
        });
        await trader.BuyAsync(2m, limit: 99m);
        await trader.UntilAsync(
            async () => (await trader.OrdersAsync()).Any(order => order.Status == "OPEN"), "the entry rests");
        await trader.PrintAsync(99m);
        await trader.CoveredAsync(2m);
        long connects = trader.Gateway.Counters.UserConnects;
        await exchange.Admin.DisconnectAllAsync();
        await trader.UntilAsync(
            () => trader.Gateway.Counters.UserConnects > connects && trader.IsReady, "it has connected again");
        await trader.BuyAsync(1m, limit: 100.5m);
        await trader.CoveredAsync(3m);
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_and_a_restored_one_goes_on()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        await trader.HoldAsync(2m);
        await exchange.Admin.RevokeKeyAsync(true);
        await trader.UntilAsync(
            async () =>
            {
                await trader.PrintAsync(110m);
                return trader.Gateway.Counters.NotAuthorized > 0;
            },
            "the refusal is seen");
        await exchange.Admin.RevokeKeyAsync(false);
        await trader.UntilAsync(
            async () =>
            {
                await trader.PrintAsync(120m);
                return (await trader.LiveStopsAsync()).Any(order => order.StopPrice == 114m);
            },
            "the stop is moved again");
        await Truth.HoldsAsync(trader);
    }

    [Fact]
    public void The_key_is_one_of_ed25519()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(exchange.KeyFile));
        string secret = file.RootElement.GetProperty("privateKey").GetString()!;
        Assert.Equal(64, Convert.FromBase64String(secret).Length);
        using CoinbaseCredentials credentials = CredentialSource.Load(exchange.KeyFile, _ => null);
        Assert.Equal(file.RootElement.GetProperty("id").GetString(), credentials.KeyName);
    }
}
