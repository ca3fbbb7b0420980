namespace LowLatencyPortfolio.Crash.Tests.Points;

/// <summary>
/// The engine kills itself while a rebalance sells a part of a position, and starts again; at an exchange of its own,
/// which has products enough.
/// </summary>
public sealed class ReductionCrashTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    public static TheoryData<string> All =>
        [.. CrashPoint.All.Where(point => point.IsOfReduction).Select(point => point.ToString())];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Crash_inside_a_reduction_sells_nothing_twice_and_leaves_nothing_naked(string point)
    {
        using CrashRun run = await CrashRun.OpenAsync(
            exchange, CrashPoint.All.Single(one => one.ToString() == point));
        await run.DieAsync();
        await run.RecoverAsync();
    }
}
