namespace LowLatencyPortfolio.Crash.Tests.Points;

/// <summary>
/// The engine kills itself at each named point of an order's, a session's and a database's life, and starts again.
/// </summary>
public sealed class CrashPointTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    private const int Points = 32;

    public static TheoryData<string> All =>
        [.. CrashPoint.All.Where(point => !point.IsOfReduction).Select(point => point.ToString())];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Crash_at_a_named_point_loses_nothing_and_leaves_nothing_naked(string point)
    {
        using CrashRun run = await CrashRun.OpenAsync(
            exchange, CrashPoint.All.Single(one => one.ToString() == point));
        await run.DieAsync();
        await run.RecoverAsync();
    }

    [Fact]
    public void Every_point_is_there_once() => Assert.Equal(
        Enumerable.Range(1, Points).Select(number => $"{number:00}"),
        CrashPoint.All.Select(point => point.Name).Where(name => name.Length == 2));
}
