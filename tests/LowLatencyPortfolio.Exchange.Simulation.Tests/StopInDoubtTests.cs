using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>An engine that is stopped in order while the venue has not carried out what it was asked for.</summary>
public sealed class StopInDoubtTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const string NoEdit = """{"kind":"edit_unsupported"}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_move_that_is_carried_out_after_the_stop_is_known_and_the_stop_moves_on(bool beforeTheStart)
    {
        await using Trader first = await Trader.StartAsync(exchange, new TraderSetup
        {
            Gateway = options => options with { EditProof = TimeSpan.FromMinutes(1) },
        });
        await first.HoldAsync(2m);
        await exchange.Admin.SettingsAsync("\"edit_ms\":20000");
        await first.PrintAsync(110m);
        await first.UntilAsync(
            async () => (await first.LiveStopsAsync()).Any(stop => stop.Status == "EDIT_QUEUED"), "the edit is taken");
        await first.StopAsync();
        Assert.True(first.Engine.IsLeftInDoubt);
        if (beforeTheStart)
        {
            await first.UntilAsync(
                async () => (await first.LiveStopsAsync()).Any(stop => stop.StopPrice == 104.50m), "it is carried out");
        }

        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        Assert.NotNull(second.Engine.Reconciliation);
        await second.CoveredAsync(2m, trigger: 104.50m);
        await second.PrintAsync(120m);
        await second.CoveredAsync(2m, trigger: 114m);
        Assert.Equal(2, Assert.Single(await second.OrdersAsync(), order => order.IsStop).Edits);
        await second.BuyAsync(1m, limit: 121m);
        await second.CoveredAsync(3m, trigger: 114m);
        Assert.Equal(0, second.Gateway.Counters.Mismatches);
        await EndsInAgreementAsync(second);
    }

    [Fact]
    public async Task A_move_whose_cancel_is_carried_out_after_the_next_start_leaves_a_stop_at_the_new_level()
    {
        await using Trader first = await Trader.StartAsync(exchange, new TraderSetup { VenueFaults = NoEdit });
        await first.HoldAsync(2m);
        await exchange.Admin.SettingsAsync("\"cancel_ms\":20000");
        await first.PrintAsync(110m);
        await first.UntilAsync(
            async () => (await first.LiveStopsAsync()).Any(stop => stop.Status == "CANCEL_QUEUED"),
            "the cancel is taken");
        await first.StopAsync();
        Assert.True(first.Engine.IsLeftInDoubt);
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        await second.CoveredAsync(2m, trigger: 104.50m);
        await second.PrintAsync(120m);
        await second.CoveredAsync(2m, trigger: 114m);
        await EndsInAgreementAsync(second);
    }

    [Fact]
    public async Task A_cancel_that_is_carried_out_after_the_next_start_frees_what_the_entry_reserved()
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await first.BuyAsync(2m, limit: 99m);
        await first.UntilAsync(
            async () => (await first.OrdersAsync()).Any(order => order.Status == "OPEN"), "the entry rests");
        await exchange.Admin.SettingsAsync("\"cancel_ms\":12000");
        await first.Engine.ControlAsync(ControlAction.CancelEntries, 0);
        await first.UntilAsync(
            async () => (await first.OrdersAsync()).Any(order => order.Status == "CANCEL_QUEUED"),
            "the cancel is taken");
        await first.StopAsync();
        Assert.False(first.Engine.IsLeftInDoubt);
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        await second.UntilAsync(
            async () => (await second.OrdersAsync())[0].Status == "CANCELLED"
                && second.Status.Metrics.ReservedCapital == 0m,
            "the entry is gone for both");
        await second.HoldAsync(1m);
        await EndsInAgreementAsync(second);
    }

    [Fact]
    public async Task A_sell_that_never_arrived_is_sent_by_the_next_start_without_waiting_for_proof()
    {
        await using Trader first = await Trader.StartAsync(exchange);
        await first.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync(
            """{"on":"create","fault":"delay","variant":"request","milliseconds":600000}""");
        await first.Engine.ControlAsync(ControlAction.Liquidate, 0);
        await first.UntilAsync(async () => (await first.LiveStopsAsync()).Count == 0, "the stop is cancelled");
        await first.UntilAsync(async () => await exchange.Admin.StrikesAsync() > 0, "the sell is on its way");
        await first.StopAsync();
        Assert.True(first.Engine.IsLeftInDoubt);
        await exchange.Admin.WireFaultsAsync(string.Empty);
        await using Trader second = await Trader.StartAsync(
            exchange, new TraderSetup { Folder = first.Folder }, first.Products[0]);
        await second.UntilAsync(() => second.Pair.Held == 0m, "it is sold");
        await EndsInAgreementAsync(second);
    }

    // A reconciliation of what it leaves finds nothing to say, and neither does a second one.
    private static async Task EndsInAgreementAsync(Trader trader)
    {
        await Truth.HoldsAsync(trader);
        await trader.StopAsync();
        for (int i = 0; i < 2; i++)
        {
            ReconcileReport report = await trader.CompareAsync();
            Assert.Equal([], report.Lines.Select(line => line.Text));
        }
    }
}
