using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>Cancels that leave together. Numbers are those of the list of faults.</summary>
public sealed class CancelBatchTests
{
    private readonly Desk _desk = new();
    private readonly CancelBatch _batch = new();

    // 39
    [Fact]
    public void Cancels_of_a_liquidation_leave_in_one_request_in_the_order_they_were_asked_for()
    {
        WireRequest request = Liquidate(3);
        Assert.Equal([3L, 2L, 1L], Enumerable.Range(0, _batch.Count).Select(_batch.SequenceOf));
        Assert.Equal((WireAction.Cancel, RequestPriority.Exit), (request.Action, request.Priority));
        Assert.False(_desk.Core.TryNext(_desk.Time.NowNs, _batch, out _, out _, out _));
    }

    // 39
    [Fact]
    public void Each_order_of_a_batch_follows_its_own_result()
    {
        WireRequest request = Liquidate(3);
        Answer(request, 200, $$"""
            {"results":[{"success":false,"failure_reason":"COMMANDER_REJECTED_CANCEL_ORDER","order_id":"{{Id(2)}}"},
            {"success":true,"failure_reason":"UNKNOWN_CANCEL_FAILURE_REASON","order_id":"{{Id(3)}}"},
            {"success":false,"failure_reason":"ORDER_IS_FULLY_FILLED","order_id":"{{Id(1)}}"}]}
            """);
        Assert.Equal(["CancelRejected 2", "CancelRejected 1 OrderIsDone"], _desk.Reports());
        _desk.Observe(_desk.See(Desk.Stop(3), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 3"], _desk.Reports());
    }

    // 39
    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "{\"results\":[{\"success\":true,\"order_id\":\"1")]
    [InlineData(500, "{}")]
    public void A_request_that_failed_as_a_whole_leaves_every_order_in_doubt(int status, string body)
    {
        WireRequest request = Liquidate(2);
        for (int attempt = 0; attempt < 4; attempt++)
        {
            Answer(request, status, body);
            Assert.Empty(_desk.Reports());
            _desk.Advance(2);
            Assert.True(_desk.Core.TryNext(_desk.Time.NowNs, _batch, out request, out _, out _));
            Assert.Equal(2, _batch.Count);      // cancelling twice does no harm
        }

        Answer(request, status, body);
        Assert.Equal(["Unknown 1", "Unknown 2"], _desk.Reports().Order());
    }

    // 39
    [Fact]
    public void An_order_that_the_answer_leaves_out_is_asked_for_again()
    {
        WireRequest request = Liquidate(2);
        Answer(request, 200, $$"""{"results":[{"success":true,"failure_reason":"","order_id":"{{Id(2)}}"}]}""");
        _desk.Advance(2);
        Assert.True(_desk.Core.TryNext(_desk.Time.NowNs, _batch, out request, out _, out _));
        Assert.Equal((1, 1L), (_batch.Count, _batch.SequenceOf(0)));
    }

    [Fact]
    public void A_batch_is_rendered_as_the_venue_reads_it()
    {
        _ = Liquidate(2);
        RequestBuffer request = new();
        OrderTemplates.Cancel(request, new SignedHead(null, "POST", "api.coinbase.com", "/x"), _batch);
        Assert.Equal(
            $$"""{"order_ids":["{{Id(2)}}","{{Id(1)}}"]}""", Encoding.UTF8.GetString(request.Body));
    }

    [Fact]
    public void Exits_may_use_the_venues_whole_rate_and_the_others_pay_for_it()
    {
        ManualTime time = new();
        RequestBudget budget = new(time, perSecond: 2, burst: 10, reserve: 4, venuePerSecond: 30);
        int exits = 0;
        while (budget.TryTake(RequestPriority.Exit, out _))
        {
            exits++;
        }

        Assert.Equal(30, exits);
        Assert.False(budget.TryTake(RequestPriority.Stop, out TimeSpan wait));
        Assert.InRange(wait.TotalSeconds, 11, 12);      // 20 on credit, and two of the reserve
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(budget.TryTake(RequestPriority.Exit, out _));
    }

    private WireRequest Liquidate(int stops)
    {
        for (int stop = 1; stop <= stops; stop++)
        {
            _desk.Place(Desk.Stop(stop));
        }

        for (int stop = stops; stop >= 1; stop--)
        {
            _desk.Cancel(Desk.Stop(stop));
        }

        Assert.True(_desk.Core.TryNext(_desk.Time.NowNs, _batch, out WireRequest request, out _, out _));
        return request;
    }

    private string Id(long sequence) => _desk.Core.IdOf(sequence);

    private void Answer(WireRequest request, int status, string body) =>
        _desk.Complete(request, CancelAnswers.Read(status, Encoding.UTF8.GetBytes(body), _batch));
}
