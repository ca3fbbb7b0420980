using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>What is asked in the venue's time while our clock is not the venue's.</summary>
/// <remarks>The number above a test is that of the list of faults.</remarks>
public sealed class ReconcilerClockTests : IDisposable
{
    private static readonly TimeSpan s_ahead = TimeSpan.FromMinutes(40);

    private readonly Desk _desk = new();
    private readonly WorkerSignals _signals = new();
    private readonly FakeQueries _venue;
    private readonly RestReconciler _reconciler;

    public ReconcilerClockTests()
    {
        _venue = new FakeQueries(_desk.Time);
        _reconciler = new RestReconciler(
            _desk.Core, _venue, _desk.Budget, _signals, _desk.Traded, new CoinbaseGatewayOptions { Time = _desk.Time });
    }

    public void Dispose() => _signals.Dispose();

    // 77
    [Fact]
    public async Task An_entry_that_was_lost_while_our_clock_was_ahead_is_found_by_the_venue_s_time()
    {
        _venue.Skew = -s_ahead;
        await QuietAsync();
        LoseEntry();
        _desk.Advance(0.6);
        Assert.True(await StepAsync());
        Assert.Equal(["Unknown 1", "Ack 1"], _desk.Reports());
    }

    // 77
    [Fact]
    public async Task An_entry_is_not_proven_absent_by_looks_that_begin_in_the_venue_s_future()
    {
        await QuietAsync();
        _venue.Skew = -s_ahead;         // nobody has compared the clocks since
        LoseEntry();
        _desk.Advance(0.6);
        Assert.True(await StepAsync());
        Assert.Equal(["Unknown 1", "ClockSkew 1"], _desk.Reports());
        _desk.Advance(1.1);
        Assert.True(await StepAsync());
        Assert.Equal(["Ack 1"], _desk.Reports());
    }

    // 77
    [Fact]
    public async Task An_entry_of_an_earlier_start_is_looked_for_however_far_ahead_that_one_was()
    {
        _desk.Time.Set(s_ahead);
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(Exchanges.Coinbase.WireAction.Create, 1, AnswerKind.Unknown);
        Desk next = Desk.After(_desk);
        FakeQueries venue = new(next.Time);
        using WorkerSignals signals = new();
        RestReconciler reconciler = new(
            next.Core, venue, next.Budget, signals, next.Traded, new CoinbaseGatewayOptions { Time = next.Time });
        venue.Orders.Add(_desk.See(Desk.Entry(1), VenueStatus.Open) with
        {
            OrderId = "venue-5", CreatedAt = next.Time.GetUtcNow() - TimeSpan.FromMinutes(5),
        });
        Assert.True(await reconciler.StepAsync(CancellationToken.None));
        Assert.Contains("Ack 1", next.Reports());
    }

    // 77
    [Fact]
    public async Task Fills_are_asked_for_in_the_venue_s_time()
    {
        _venue.Skew = -s_ahead;
        await QuietAsync();
        Assert.True(_venue.FillsSince <= _desk.Time.GetUtcNow() - s_ahead - TimeSpan.FromMinutes(2));
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.True(_venue.FillsSince <= _desk.Time.GetUtcNow() - s_ahead - TimeSpan.FromMinutes(2));
    }

    // 77
    [Fact]
    public async Task A_clock_that_jumps_halts_entries_until_it_has_been_compared_and_all_is_asked_again()
    {
        await QuietAsync();
        _venue.Questions.Clear();
        _desk.Time.Set(s_ahead);        // the machine slept, and the venue did not
        _desk.Advance(0.2);
        Assert.False(await StepAsync());
        _desk.Advance(0.2);
        Assert.True(await StepAsync());
        Assert.Equal(["ClockSkew 1", "ClockSkew 0"], _desk.Reports().Where(line => line.StartsWith("ClockSkew")));
        Assert.Equal("TimeAsync", _venue.Questions[0]);
        Assert.Contains("AccountsAsync", _venue.Questions);
    }

    // 77
    [Fact]
    public async Task A_clock_that_was_ahead_from_the_start_is_told_as_skewed_although_the_machine_s_is_right_now()
    {
        await QuietAsync();
        _desk.Time.Set(-s_ahead);
        _desk.Advance(0.2);
        _ = await StepAsync();
        _desk.Advance(0.2);
        _ = await StepAsync();
        Assert.Contains("ClockSkew 1", _desk.Reports());
        _desk.Advance(61);
        _ = await StepAsync();
        Assert.DoesNotContain("ClockSkew 0", _desk.Reports());
    }

    private void LoseEntry()
    {
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _venue.Orders.Add(_desk.See(Desk.Entry(1), VenueStatus.Open) with
        {
            OrderId = "venue-5", CreatedAt = _desk.Time.GetUtcNow() + _venue.Skew,
        });
    }

    private async Task<bool> StepAsync() => await _reconciler.StepAsync(CancellationToken.None);

    private async Task QuietAsync()
    {
        Assert.True(await StepAsync());
        Assert.False(await StepAsync());
        _ = _desk.Reports();
    }
}
