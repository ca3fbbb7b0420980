using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>The machine's clock is set while the engine trades, forward by mistake and back again.</summary>
/// <remarks>The numbers above the tests are those of the list of faults.</remarks>
public sealed class ClockStepTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(40);

    // 77
    [Fact]
    public async Task After_a_step_back_stops_move_lost_answers_are_found_and_entries_wait_for_the_next_start()
    {
        ShiftedTime machine = new();
        SteadyClock clock = new(machine);
        await using Trader first = await Trader.StartAsync(exchange, new TraderSetup { Time = clock });
        await first.HoldAsync(2m);
        machine.Advance(s_step);
        await first.UntilAsync(() => clock.Jumps == 1, "the step forward is seen");
        machine.Advance(-s_step);
        await first.UntilAsync(() => clock.Jumps == 2, "the step back is seen");
        Assert.True(clock.GetUtcNow() > machine.GetUtcNow() + (s_step / 2));
        await first.PrintAsync(100.5m);     // the last price was old when time moved forward
        await first.UntilAsync(
            async () => (await first.EnterAsync(1m, 99m)).Verdict == RiskVerdict.ClockSkew, "entries are refused");

        await exchange.Admin.WireFaultsAsync(LostAnswer("edit"));
        await first.PrintAsync(110m);
        await first.CoveredAsync(2m, trigger: 104.50m);
        await Truth.HoldsAsync(first);
        await first.StopAsync();

        // What was stored is 40 minutes from now, as this start sees it.
        TraderSetup again = new() { Folder = first.Folder, Time = new SteadyClock(machine) };
        await using Trader second = await Trader.StartAsync(exchange, again, first.Products[0]);
        Assert.Contains(second.Engine.Reconciliation!.Lines, line => line.Finding == ReconcileFinding.ClockSkew);
        await second.CoveredAsync(2m, trigger: 104.50m);
        await second.PrintAsync(120m);
        await second.CoveredAsync(2m, trigger: 114m);
        await exchange.Admin.WireFaultsAsync(LostAnswer("create"));
        await second.BuyAsync(1m, limit: 121m);
        await second.CoveredAsync(3m);
        await Truth.HoldsAsync(second);
        _ = await second.LiquidateAsync();
        await second.FlatAsync();
        await Truth.HoldsAsync(second);
    }

    private static string LostAnswer(string to) =>
        $$"""{"on":"{{to}}","fault":"lost-ack","variant":"reset","nth":1,"milliseconds":8000}""";
}
