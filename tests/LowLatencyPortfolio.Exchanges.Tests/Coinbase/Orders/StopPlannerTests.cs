using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>Requests are spent where exposure times distance gained is largest, and never on stops before exits.</summary>
public sealed class StopPlannerTests
{
    private readonly Desk _desk = new();

    [Fact]
    public void Move_that_protects_most_leaves_first_and_a_missing_stop_before_any_move()
    {
        for (int stop = 1; stop <= 3; stop++)
        {
            _desk.Place(Desk.Stop(stop) with { Quantity = (stop == 2 ? 100 : 10) * Desk.Unit });
        }

        Move(4, replaces: 1, to: 100, quantity: 10);     // gains 20
        Move(5, replaces: 2, to: 99, quantity: 100);     // gains 100
        Move(6, replaces: 3, to: 103, quantity: 10);     // gains 50
        _desk.Submit(Desk.Stop(7, product: 1));
        Assert.Equal([7, 5, 6, 4], Leaving(4));
    }

    [Fact]
    public void Move_that_covers_what_no_stop_covers_leaves_before_any_gain()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Place(Desk.Stop(2, product: 1));
        Move(3, replaces: 1, to: 120, quantity: 10);                // gains 220
        Move(4, replaces: 2, to: 98, quantity: 12, product: 1);     // 2 have no stop
        Assert.Equal([4, 3], Leaving(2));
    }

    [Fact]
    public void Move_that_merges_stops_is_worth_its_gain_while_they_all_rest()
    {
        _desk.Place(Desk.Stop(1));
        _desk.Place(Desk.Stop(2, product: 1));
        _desk.Place(Desk.Stop(3, product: 1));
        Move(4, replaces: 2, to: 98, quantity: 20, product: 1);     // all are covered, nothing is gained
        Move(5, replaces: 1, to: 100, quantity: 10);
        Assert.Equal([5, 4], Leaving(2));
    }

    [Fact]
    public void Of_moves_worth_the_same_the_one_that_waited_longest_leaves_first()
    {
        for (int stop = 1; stop <= 3; stop++)
        {
            _desk.Place(Desk.Stop(stop));
            Move(stop + 3, replaces: stop, to: 100, quantity: 10);
        }

        Assert.Equal([4, 5, 6], Leaving(3));
    }

    [Fact]
    public void Where_edits_do_not_work_the_cancel_of_the_more_valuable_move_leaves_first()
    {
        _desk.Core.With(state => state.Edits.TurnOff(0));
        _desk.Place(Desk.Stop(1));
        _desk.Place(Desk.Stop(2));
        _desk.Place(Desk.Entry(3));
        Move(4, replaces: 1, to: 99, quantity: 10);
        Move(5, replaces: 2, to: 105, quantity: 10);
        _desk.Cancel(Desk.Entry(3));
        Assert.Equal([3, 2, 1], Leaving(3));
    }

    [Fact]
    public void Fifty_pairs_that_all_move_do_not_hold_back_an_exit_and_the_reserve_stays()
    {
        Desk desk = new(burst: 60, reserve: 8);
        for (int stop = 1; stop <= 50; stop++)
        {
            desk.Place(Desk.Stop(stop));
            desk.Advance(0.2);
        }

        for (int stop = 1; stop <= 50; stop++)
        {
            OrderCommand moved = Desk.Stop(100 + stop) with { Trigger = (98 + stop) * Desk.Unit };
            desk.Replace(moved, replaces: stop);
        }

        List<long> left = [];
        while (desk.Next() is { } request)
        {
            left.Add(request.Order.Sequence);
        }

        Assert.InRange(left.Count, 1, 60);
        Assert.Equal(left.OrderByDescending(sequence => sequence), left);       // the largest gain first
        for (int exit = 1; exit <= 4; exit++)
        {
            desk.Submit(Desk.Exit(200 + exit));
            _ = desk.Expect(WireAction.Create, 200 + exit);
        }
    }

    private void Move(long sequence, long replaces, long to, long quantity, int product = 0) => _desk.Replace(
        Desk.Stop(sequence, product) with { Trigger = to * Desk.Unit, Quantity = quantity * Desk.Unit }, replaces);

    private List<long> Leaving(int count)
    {
        List<long> left = [];
        for (int i = 0; i < count; i++)
        {
            WireRequest? request = _desk.Next();
            Assert.NotNull(request);
            left.Add(request.Value.Order.Sequence);
        }

        return left;
    }
}
