using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Exchange.Simulation.Tests;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// Plays the bundled sample at a venue by hand: as fast as the program takes it, and held while a stop is triggered and
/// unfilled, whose time-out would otherwise last for hours of the tape.
/// </summary>
internal sealed class SampleTape(ExchangeSimProcess venue)
{
    private const int TradesAtOnce = 200;       // five minutes of ten pairs
    private const int StepsBetweenLooks = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    /// <summary>Where the sample begins.</summary>
    public static readonly DateTime FirstTrade = new(2023, 12, 8, 0, 0, 0, DateTimeKind.Utc);

    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(6);

    private TimeSpan _played;
    private DateTimeOffset? _begun;

    /// <summary>Trades so far.</summary>
    public long Trades { get; private set; }

    /// <summary>Plays what trades before a moment of the sample.</summary>
    public async Task PlayToAsync(DateTime moment)
    {
        TimeSpan target = moment - FirstTrade - TimeSpan.FromSeconds(1);
        for (int step = 0; target - _played > LongestStep; step++)
        {
            await StepAsync(step);
        }

        string rest = ((long)(target - _played).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        _ = await venue.PostAsync("/admin/step", $$"""{"by_ms":{{rest}}}""");
        await TakenAsync();
    }

    /// <summary>Plays all that is left.</summary>
    public async Task PlayToEndAsync()
    {
        for (int step = 0; !await StepAsync(step); step++)
        {
        }
    }

    /// <summary>Looks again and again until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using CancellationTokenSource deadline = new(Deadline);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(10));
        while (!await isSo())
        {
            Assert.False(deadline.IsCancellationRequested, $"not so in time: {what}");
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> StepAsync(int step)
    {
        JsonElement play = await venue.PostAsync($"/admin/play/step?trades={TradesAtOnce}");
        Assert.Equal(JsonValueKind.Null, play.GetProperty("fault").ValueKind);
        Read(play);
        await TakenAsync();
        if (step % StepsBetweenLooks == 0)
        {
            await UntilAsync(
                async () => !VenueLedger.Read(await venue.LedgerAsync()).Orders.Any(
                    order => order is { IsLive: true, IsTriggered: true }),
                "triggered stops are filled or given up");
        }

        return play.GetProperty("ended").GetBoolean();
    }

    private Task TakenAsync() => UntilAsync(
        async () =>
        {
            JsonElement play = await venue.GetAsync("/admin/play");
            Read(play);
            return play.GetProperty("queued").GetInt32() == 0;
        },
        "the program takes what it is sent");

    private void Read(JsonElement play)
    {
        DateTimeOffset now = play.GetProperty("now").GetDateTimeOffset();
        Trades = play.GetProperty("played").GetInt64();
        _begun ??= now;
        _played = now - _begun.Value;
    }
}
