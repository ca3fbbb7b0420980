using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A market sell that was taken and of which no more is heard is asked about.</summary>
public sealed class SellAtOnceTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void A_sell_that_has_not_ended_is_asked_about_every_second_before_all_questions_that_can_wait()
    {
        _desk.Place(Desk.Exit(1));
        Assert.Null(_desk.Look());
        for (int look = 0; look < 3; look++)
        {
            _desk.Advance(1);
            LookRequest? asked = _desk.Core.NextLook(_desk.Time.NowNs, isUrgentOnly: true);
            Assert.NotNull(asked);
            Assert.Equal((1L, RequestPriority.Exit), (asked.Sequence, asked.Priority));
            _desk.Core.OnLook(1, _desk.See(Desk.Exit(1), VenueStatus.Open), _desk.Time.NowNs);
            Assert.Empty(_desk.Reports());
        }

        _desk.Advance(1);
        _desk.Looked(1, _desk.See(Desk.Exit(1), VenueStatus.Filled, filled: 10m));
        Assert.Equal(["Fill 1"], _desk.Reports());
        _desk.Advance(5);
        Assert.Null(_desk.Look());
    }

    [Fact]
    public void A_sell_that_ends_at_once_is_not_asked_about()
    {
        _desk.Place(Desk.Exit(1));
        _desk.Observe(_desk.See(Desk.Exit(1), VenueStatus.Filled, filled: 10m));
        _desk.Advance(5);
        Assert.Null(_desk.Look());
    }

    [Fact]
    public void A_sell_that_is_to_be_cancelled_is_asked_about_at_once_and_its_end_is_told_once()
    {
        _desk.Place(Desk.Exit(1));
        _desk.Cancel(Desk.Exit(1));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Looked(1, _desk.See(Desk.Exit(1), VenueStatus.Open, filled: 4m));
        Assert.Equal(["Fill 1"], _desk.Reports());
        _desk.Advance(1);
        _desk.Looked(1, _desk.See(Desk.Exit(1), VenueStatus.Cancelled, filled: 6m));
        Assert.Equal(["Fill 1", "Cancelled 1"], _desk.Reports());
    }

    [Fact]
    public void An_order_that_rests_is_not_asked_about_because_it_has_not_ended()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Place(Desk.Entry(2) with { Type = OrderType.Market });
        _desk.Advance(5);
        Assert.Null(_desk.Look());
    }
}
