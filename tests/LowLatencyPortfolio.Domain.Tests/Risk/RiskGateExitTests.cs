namespace LowLatencyPortfolio.Domain.Tests.Risk;

public sealed class RiskGateExitTests
{
    [Theory]
    [InlineData(59, RiskVerdict.Approved)]
    [InlineData(60, RiskVerdict.Approved)]                // 100 held − 30 live − 10 unknown
    [InlineData(61, RiskVerdict.SellExceedsPosition)]
    public void A_sell_is_at_most_what_is_held_and_not_already_being_sold(long quantity, RiskVerdict expected) =>
        Assert.Equal(expected, Review(Good() with { Quantity = quantity }));

    [Theory]
    [InlineData(30, 10, RiskVerdict.Approved)]
    [InlineData(31, 10, RiskVerdict.SellExceedsPosition)]
    [InlineData(30, 11, RiskVerdict.SellExceedsPosition)]
    public void Live_and_unknown_sells_both_count(long live, long unknown, RiskVerdict expected) =>
        Assert.Equal(expected, Review(Good() with { Quantity = 60, LiveSells = live, UnknownSells = unknown }));

    [Fact]
    public void A_sell_has_three_limits_in_this_order()
    {
        ExitFacts all = Good() with { Quantity = 61, CrossesOwnOrder = true, OrderBudget = false };
        Assert.Equal(RiskVerdict.CrossesOwnOrder, Review(all));
        Assert.Equal(RiskVerdict.OrderRateExceeded, Review(all with { CrossesOwnOrder = false }));
        Assert.Equal(RiskVerdict.SellExceedsPosition, Review(all with { CrossesOwnOrder = false, OrderBudget = true }));
        Assert.Equal(RiskVerdict.CrossesOwnOrder, Review(all with { Quantity = 1 }));
        Assert.Equal(RiskVerdict.OrderRateExceeded, Review(all with { Quantity = 1, CrossesOwnOrder = false }));
        Assert.Equal(RiskVerdict.CrossesOwnOrder, Review(all with { OrderBudget = true }));
    }

    [Fact]
    public void The_largest_quantities_do_not_wrap_around()
    {
        ExitFacts facts = Good() with { Held = 0, LiveSells = long.MaxValue, UnknownSells = long.MaxValue };
        Assert.Equal(RiskVerdict.SellExceedsPosition, Review(facts));
    }

    private static ExitFacts Good() =>
        new() { OrderBudget = true, Quantity = 1, Held = 100, LiveSells = 30, UnknownSells = 10 };

    private static RiskVerdict Review(ExitFacts facts) => RiskGate.ReviewExit(in facts);
}
