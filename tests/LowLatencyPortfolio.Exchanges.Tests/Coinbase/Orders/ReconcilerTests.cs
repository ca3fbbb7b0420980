using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class ReconcilerTests : IDisposable
{
    private readonly Desk _desk = new();
    private readonly WorkerSignals _signals = new();
    private readonly FakeQueries _venue;
    private readonly RestReconciler _reconciler;

    public ReconcilerTests()
    {
        _venue = new FakeQueries(_desk.Time);
        _reconciler = new RestReconciler(
            _desk.Core, _venue, _desk.Budget, _signals, _desk.Traded, new CoinbaseGatewayOptions { Time = _desk.Time });
    }

    public void Dispose() => _signals.Dispose();

    [Fact]
    public async Task It_becomes_reconciled_only_with_the_user_channel_up()
    {
        Assert.True(await StepAsync());
        Assert.Equal(["None 0"], _desk.Reports());      // the balance
        _desk.Core.With(state => state.Health.SetUser(true, 1));
        _reconciler.RequestAll();
        Assert.True(await StepAsync());
        Assert.Equal(["UserChannelDown 0", "None 0", "NotReconciled 0"], _desk.Reports());
        Assert.False(await StepAsync());
    }

    [Fact]
    public async Task What_the_stream_lost_comes_from_the_open_orders()
    {
        await QuietAsync();
        _desk.Place(Desk.Stop(1));
        _venue.Orders.Add(_desk.See(Desk.Stop(1), VenueStatus.Open, 4m));
        _desk.Advance(10.1);
        Assert.True(await StepAsync());
        Assert.Equal(["Fill 1"], _desk.Reports());
    }

    [Fact]
    public async Task An_order_that_is_no_longer_open_is_asked_about_by_its_id()
    {
        await QuietAsync();
        _desk.Place(Desk.Stop(1));
        _venue.Orders.Add(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m));
        _desk.Advance(10.1);
        Assert.True(await StepAsync());
        Assert.True(await StepAsync());
        Assert.Equal(["Fill 1"], _desk.Reports());
    }

    [Fact]
    public async Task Fills_that_no_order_has_told_of_are_applied_once()
    {
        await QuietAsync();
        _desk.Place(Desk.Stop(1));
        CoinbaseOrder open = _desk.See(Desk.Stop(1), VenueStatus.Open);
        _venue.Orders.Add(open);
        _venue.Fills.Add(Fill("a", open.OrderId, 3m));
        _venue.Fills.Add(Fill("b", open.OrderId, 2m));
        _venue.Fills.Add(Fill("b", open.OrderId, 2m));
        _venue.Fills.Add(Fill("c", "somebody-else", 7m));
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["Fill 1", "None 0"], _desk.Reports());
        _desk.Observe(open with { FilledSize = 5m, FilledValue = 500m, TotalFees = 5m });
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["None 0"], _desk.Reports());
    }

    [Fact]
    public async Task An_unknown_entry_is_found_among_recent_orders()
    {
        await QuietAsync();
        _desk.Submit(Desk.Entry(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Unknown);
        _venue.Orders.Add(_desk.See(Desk.Entry(1), VenueStatus.Open) with { OrderId = "venue-5" });
        _desk.Advance(0.6);
        Assert.True(await StepAsync());
        Assert.Equal(["Unknown 1", "Ack 1"], _desk.Reports());
    }

    [Fact]
    public async Task What_became_of_a_sell_is_asked_before_the_rest_of_a_round()
    {
        await QuietAsync();
        _desk.Place(Desk.Stop(1));
        _venue.Orders.Add(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        _venue.Questions.Clear();
        _venue.Meanwhile = () => LoseCancel(1);
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(
            ["OpenOrdersAsync", "FillsAsync", "ProductsAsync", "FindOrderAsync", "AccountsAsync"],
            _venue.Questions.Where(question => question != "TimeAsync").Take(5));
        Assert.Equal(["Unknown 1", "Ack 1", "Cancelled 1"], _desk.Reports().Take(3));
    }

    [Fact]
    public async Task A_limit_on_questions_holds_up_no_exit()
    {
        _venue.Failure = new QueryException("GET /x: answered 429", System.Net.HttpStatusCode.TooManyRequests, 30);
        Assert.False(await StepAsync());
        _desk.Submit(Desk.Exit(1));
        _ = _desk.Expect(WireAction.Create, 1);
    }

    [Fact]
    public async Task A_clock_that_is_off_by_more_than_a_second_is_told()
    {
        await QuietAsync();
        _venue.Skew = TimeSpan.FromSeconds(1.5);
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["ClockSkew 1", "None 0"], _desk.Reports());
        _venue.Skew = TimeSpan.FromSeconds(-0.5);
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["ClockSkew 0", "None 0"], _desk.Reports());
    }

    [Fact]
    public async Task A_product_that_takes_no_orders_and_a_new_grid_are_told_once()
    {
        CoinbaseProduct btc = new("BTC-USD", 0.01m, 0.001m, 0.001m, 1m, true, false, false, false, false);
        _venue.Products.Add(btc);
        await QuietAsync();
        _venue.Products[0] = btc with { IsCancelOnly = true };
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["Product 0 0 1000000 100000", "None 0"], _desk.Reports());
        _venue.Products[0] = btc with { PriceIncrement = 0.05m };
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["Product 0 1 5000000 100000", "None 0"], _desk.Reports());
        _venue.Products[0] = btc with { PriceIncrement = 0.000000001m };
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["Product 0 0 5000000 100000", "None 0"], _desk.Reports());
    }

    [Fact]
    public async Task A_venue_that_does_not_answer_is_never_taken_for_reconciled()
    {
        _desk.Core.With(state => state.Health.SetUser(true, 1));
        _venue.Failure = new QueryException("GET /x: answered 503", System.Net.HttpStatusCode.ServiceUnavailable);
        Assert.False(await StepAsync());
        Assert.Equal(["UserChannelDown 0", "QuestionsFailing 1"], _desk.Reports());
        _desk.Core.With(state => Assert.Equal((1, 0), (state.Counts.FailedQueries, state.Counts.Reconciliations)));
        _venue.Failure = new QueryException("GET /x: answered 429", System.Net.HttpStatusCode.TooManyRequests, 3);
        Assert.False(await StepAsync());
        Assert.Equal(1, _desk.Budget.Limits);
    }

    [Fact]
    public async Task The_free_quote_balance_is_told()
    {
        Assert.True(await StepAsync());
        EventList events = new();
        Assert.True(_desk.Core.MoveReportsTo(events));
        Assert.Equal(1234.5m, events.Waiting.ToArray().Single(e => e.Kind == EventKind.Balance).FillValue);
    }

    [Fact]
    public async Task Coins_are_told_with_what_our_orders_hold_and_what_others_do()
    {
        await QuietAsync();
        _desk.Place(Desk.Stop(1));
        _venue.Orders.Add(_desk.See(Desk.Stop(1), VenueStatus.Open));
        _venue.Accounts.Add(new CoinbaseAccount("BTC", 1.5m, 12m));      // ten of the hold are our stop's
        _desk.Coins.Clear();
        _desk.Advance(61);
        Assert.True(await StepAsync());
        _ = _desk.Reports();
        Assert.Equal([(0, 13.5m, 11.5m), (1, 0m, 0m)], _desk.Coins);
    }

    [Fact]
    public async Task Coins_of_a_pair_with_an_order_on_its_way_are_not_told()
    {
        await QuietAsync();
        _desk.Submit(Desk.Stop(1));
        _ = _desk.Expect(WireAction.Create, 1);
        _desk.Coins.Clear();
        _desk.Advance(61);
        Assert.True(await StepAsync());
        _ = _desk.Reports();
        Assert.Equal([(1, 0m, 0m)], _desk.Coins);
    }

    [Fact]
    public async Task Coins_of_a_pair_that_traded_during_the_look_are_not_told()
    {
        await QuietAsync();
        _desk.Place(Desk.Stop(1));
        _venue.Orders.Add(_desk.See(Desk.Stop(1), VenueStatus.Open));
        _venue.Accounts.Add(new CoinbaseAccount("BTC", 0m, 10m));
        _desk.Coins.Clear();
        _venue.Trade = () =>
        {
            _venue.Accounts[^1] = new CoinbaseAccount("BTC", 0m, 6m);
            _venue.Orders[0] = _desk.See(Desk.Stop(1), VenueStatus.Open, 4m);
        };
        _desk.Advance(61);
        Assert.True(await StepAsync());
        Assert.Equal(["Fill 1", "None 0"], _desk.Reports().Order());
        Assert.DoesNotContain(_desk.Coins, coins => coins.Product == 0);
    }

    [Fact]
    public async Task Fewer_coins_than_before_are_looked_at_again_soon()
    {
        _venue.Accounts.Add(new CoinbaseAccount("BTC", 2m, 0m));
        await QuietAsync();
        _venue.Accounts[^1] = new CoinbaseAccount("BTC", 1m, 0m);
        _desk.Advance(61);
        Assert.True(await StepAsync());
        _ = _desk.Reports();
        _desk.Coins.Clear();
        _desk.Advance(5.1);
        Assert.True(await StepAsync());
        _ = _desk.Reports();
        Assert.Equal([(0, 1m, 1m), (1, 0m, 0m)], _desk.Coins);
    }

    [Fact]
    public async Task A_product_that_takes_no_orders_is_asked_about_as_often_as_the_open_orders()
    {
        _venue.Products.Add(Btc(isTradable: false));
        await QuietAsync();
        _venue.Products[0] = Btc(isTradable: true);
        _desk.Advance(10.1);
        Assert.True(await StepAsync());
        Assert.StartsWith("Product 0 1 ", Assert.Single(_desk.Reports()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_waits_longer_than_its_candles_is_cancelled_and_a_stop_is_not()
    {
        await QuietAsync();
        _desk.Place(Desk.Entry(1));
        _desk.Place(Desk.Stop(2));
        _venue.Orders.Add(_desk.See(Desk.Entry(1), VenueStatus.Open));
        _venue.Orders.Add(_desk.See(Desk.Stop(2), VenueStatus.Open));
        _desk.Advance(1_499);
        Assert.True(await StepAsync());
        Assert.Null(_desk.Next());
        _desk.Advance(11);
        Assert.True(await StepAsync());
        _ = _desk.Expect(WireAction.Cancel, 1);
        Assert.Null(_desk.Next());
        _venue.Orders[0] = _desk.See(Desk.Entry(1), VenueStatus.Cancelled);
        _ = _desk.Reports();
        _desk.Observe(_venue.Orders[0]);
        Assert.Equal(["Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public async Task A_refusal_for_the_products_state_asks_for_it_at_once()
    {
        _venue.Products.Add(Btc(isTradable: true));
        await QuietAsync();
        _desk.Advance(2);
        _desk.Submit(Desk.Exit(1));
        _desk.Answered(WireAction.Create, 1, AnswerKind.Refused, RejectReason.ProductState);
        _venue.Products[0] = Btc(isTradable: false);
        Assert.True(await StepAsync());
        string[] reports = _desk.Reports();
        Assert.Equal("Rejected 1 ProductState", reports[0]);
        Assert.StartsWith("Product 0 0 ", reports[1], StringComparison.Ordinal);
    }

    private static CoinbaseProduct Btc(bool isTradable) =>
        new("BTC-USD", 0.01m, 0.00000001m, 0.0001m, 1m, isTradable, false, false, false, false);

    private static CoinbaseFill Fill(string entry, string order, decimal size) => new(
        entry, order, "BTC-USD", OrderSide.Sell, 100m, size, size, Liquidity.Taker, DateTimeOffset.UnixEpoch.AddYears(56));

    // As often as it is tried without an answer.
    private void LoseCancel(long sequence)
    {
        _desk.Cancel(Desk.Stop(sequence));
        for (int i = 0; i < 5; i++)
        {
            _desk.Answered(WireAction.Cancel, sequence, AnswerKind.Unknown);
            _desk.Advance(2);
        }

        _desk.Core.With(state => Assert.Equal(OrderPhase.Unknown, state.Book[state.Book.Find(sequence)].Phase));
    }

    private Task<bool> StepAsync() => _reconciler.StepAsync(TestContext.Current.CancellationToken);

    private async Task QuietAsync()
    {
        Assert.True(await StepAsync());
        Assert.False(await StepAsync());
        _ = _desk.Reports();
    }
}
