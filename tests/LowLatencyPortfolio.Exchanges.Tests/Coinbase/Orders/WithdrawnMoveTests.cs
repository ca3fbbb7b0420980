using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>A stop that is being moved when the engine wants it gone.</summary>
public sealed class WithdrawnMoveTests
{
    private readonly Desk _desk = new();

    // An exit takes the move back, and the stop that was to be moved is counted as leaving: it would never be asked for,
    // and where the market has fallen through its limit, nothing would ever be sold.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stop_whose_move_is_taken_back_is_told_to_stay_and_can_be_cancelled(bool hasLeft)
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        WireRequest? left = hasLeft ? _desk.Expect(WireAction.EditPreview, 2) : null;
        _desk.Cancel(Desk.Moved(2));
        Assert.Null(_desk.Next());
        Assert.Equal(["Cancelled 2", "CancelRejected 1"], _desk.Reports());
        if (left is { } preview)
        {
            _desk.Complete(preview, Desk.Answer(AnswerKind.Accepted));
        }

        _desk.Cancel(Desk.Stop(1));
        _desk.Answered(WireAction.Cancel, 1, AnswerKind.Accepted);
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
        Assert.Null(_desk.Next());
    }

    [Fact]
    public void A_stop_that_is_being_cancelled_for_a_move_that_is_taken_back_leaves_all_the_same()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Replace(Desk.Moved(2), replaces: 1);
        _desk.Answered(WireAction.EditPreview, 2, AnswerKind.EditUnsupported);
        WireRequest cancel = _desk.Expect(WireAction.Cancel, 1);
        _desk.Cancel(Desk.Moved(2));
        Assert.Null(_desk.Next());
        Assert.Equal(["Cancelled 2"], _desk.Reports());
        _desk.Complete(cancel, Desk.Answer(AnswerKind.Accepted));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Cancelled));
        Assert.Equal(["Cancelled 1"], _desk.Reports());
        Assert.Null(_desk.Next());
    }
}
