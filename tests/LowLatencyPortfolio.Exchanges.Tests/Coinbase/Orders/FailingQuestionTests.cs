using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>
/// Questions to the venue of which some fail: the others are asked all the same, the important ones first.
/// </summary>
public sealed class FailingQuestionTests : IDisposable
{
    private static readonly string[] All =
        ["TimeAsync", "OpenOrdersAsync", "FillsAsync", "ProductsAsync", "AccountsAsync"];

    private readonly Desk _desk = new();
    private readonly WorkerSignals _signals = new();
    private readonly FakeQueries _venue;
    private readonly List<string> _previewed = [];
    private readonly HashSet<string> _failingPreviews = [];
    private readonly Dictionary<string, bool?> _refusals = [];
    private readonly RestReconciler _reconciler;

    public FailingQuestionTests()
    {
        _venue = new FakeQueries(_desk.Time);
        _reconciler = new RestReconciler(
            _desk.Core, _venue, _desk.Budget, _signals, _desk.Traded, new CoinbaseGatewayOptions { Time = _desk.Time },
            new StopLook(_desk.Traded, PreviewAsync));
        _desk.Core.With(state => state.Health.SetUser(true, 1));
    }

    public void Dispose() => _signals.Dispose();

    [Fact]
    public async Task The_clock_and_then_open_orders_and_fills_come_first()
    {
        await SettleAsync();
        Assert.Equal(All, _venue.Questions.Take(All.Length));
        Assert.Equal(["BTC-USD", "ETH-USD"], _previewed);
        Assert.Contains("NotReconciled 0", _desk.Reports());
    }

    [Theory]
    [InlineData("OpenOrdersAsync")]
    [InlineData("FillsAsync")]
    [InlineData("TimeAsync")]
    [InlineData("ProductsAsync")]
    [InlineData("AccountsAsync")]
    public async Task A_question_that_fails_keeps_no_other_waiting_and_entries_until_it_is_answered(string failing)
    {
        _ = _venue.Failing.Add(failing);
        await SettleAsync();
        Assert.Equal(All.Order(), _venue.Questions.Distinct().Order());
        Assert.Equal(["BTC-USD", "ETH-USD"], _previewed);
        string[] reports = _desk.Reports();
        Assert.DoesNotContain("NotReconciled 0", reports);
        Assert.Single(reports, "QuestionsFailing 1");
        _venue.Failing.Clear();
        _desk.Advance(5);
        await SettleAsync();
        reports = _desk.Reports();
        Assert.Contains("NotReconciled 0", reports);
        Assert.Single(reports, "QuestionsFailing 0");
    }

    [Theory]
    [InlineData("ProductsAsync")]
    [InlineData("TimeAsync")]
    [InlineData("AccountsAsync")]
    public async Task What_the_stream_lost_is_found_while_something_else_fails_for_ever(string failing)
    {
        _ = _venue.Failing.Add(failing);
        await SettleAsync();
        _desk.Place(Desk.Entry(1));
        _venue.Orders.Add(_desk.See(Desk.Entry(1), VenueStatus.Open, 4m));
        _desk.Advance(10.1);
        await SettleAsync();
        Assert.Contains("Fill 1", _desk.Reports());
    }

    [Fact]
    public async Task A_fill_that_only_the_list_of_fills_shows_is_found_while_products_fail()
    {
        await SettleAsync();
        _ = _venue.Failing.Add("ProductsAsync");
        _desk.Place(Desk.Entry(1));
        CoinbaseOrder open = _desk.See(Desk.Entry(1), VenueStatus.Open);
        _venue.Orders.Add(open);
        _venue.Fills.Add(new CoinbaseFill(
            "a", open.OrderId, "BTC-USD", Domain.OrderSide.Buy, 100m, 3m, 1m, Domain.Liquidity.Taker,
            _desk.Time.GetUtcNow()));
        _desk.Advance(61);
        await SettleAsync();
        Assert.Contains("Fill 1", _desk.Reports());
    }

    [Fact]
    public async Task A_preview_that_fails_keeps_its_place_until_it_is_answered_and_the_others_are_asked()
    {
        _ = _failingPreviews.Add("BTC-USD");
        await SettleAsync();
        Assert.Equal(["BTC-USD"], _previewed);
        _desk.Advance(0.6);
        await SettleAsync();
        Assert.Equal(["BTC-USD", "ETH-USD", "BTC-USD"], _previewed);
        Assert.DoesNotContain("NotReconciled 0", _desk.Reports());
        _failingPreviews.Clear();
        _desk.Advance(5);
        await SettleAsync();
        Assert.Contains("NotReconciled 0", _desk.Reports());
        Assert.Equal(["BTC-USD", "ETH-USD", "BTC-USD", "BTC-USD"], _previewed);
    }

    [Fact]
    public async Task Stops_that_are_refused_are_asked_about_once_a_round_and_keep_no_entry_of_others_waiting()
    {
        _refusals["BTC-USD"] = true;
        await SettleAsync();
        Assert.Equal(
            ["StopsRefused 1", "NotReconciled 0"],
            _desk.Reports().Where(
                report => report.StartsWith("StopsR", StringComparison.Ordinal) || report == "NotReconciled 0"));
        _desk.Advance(61);
        await SettleAsync();
        Assert.Equal(["BTC-USD", "ETH-USD", "BTC-USD"], _previewed);
        _refusals["BTC-USD"] = false;
        _desk.Advance(61);
        await SettleAsync();
        Assert.Contains("StopsRefused 0", _desk.Reports());
        _desk.Advance(61);
        await SettleAsync();
        Assert.Equal(4, _previewed.Count);
    }

    [Fact]
    public async Task Open_orders_are_looked_at_between_two_previews()
    {
        for (int step = 0; step < 2; step++)
        {
            Assert.True(await _reconciler.StepAsync(TestContext.Current.CancellationToken));
            _desk.Advance(10.1);
        }

        Assert.Equal(["BTC-USD", "ETH-USD"], _previewed);
        Assert.Equal(3, _venue.Questions.Count(question => question == "OpenOrdersAsync"));     // one with the balances
    }

    [Fact]
    public async Task Questions_that_all_fail_take_turns()
    {
        foreach (string question in All)
        {
            _ = _venue.Failing.Add(question);
        }

        for (int step = 0; step < 15; step++)
        {
            Assert.False(await _reconciler.StepAsync(TestContext.Current.CancellationToken));
            _desk.Advance(5);       // as long as a time-out
        }

        Assert.All(All, question => Assert.Equal(3, _venue.Questions.Count(asked => asked == question)));
    }

    private Task<bool?> PreviewAsync(PairSetup pair, CancellationToken cancel)
    {
        _previewed.Add(pair.ProductId);
        return _failingPreviews.Contains(pair.ProductId)
            ? Task.FromException<bool?>(new QueryException("POST /orders/preview: answered 503"))
            : Task.FromResult(_refusals.GetValueOrDefault(pair.ProductId, false));
    }

    // Until nothing is due any more: each question, if it fails, once.
    private async Task SettleAsync()
    {
        for (int step = 0; step < 20; step++)
        {
            _ = await _reconciler.StepAsync(TestContext.Current.CancellationToken);
        }
    }
}
