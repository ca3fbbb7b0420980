namespace LowLatencyPortfolio.Domain.Tests.Risk;

public sealed class RiskGateAgainTests
{
    private static readonly RiskVerdict[] LookedAtAgain =
    [
        RiskVerdict.TradingModeForbids, RiskVerdict.ProductNotTradable, RiskVerdict.ProductNotAllowed,
        RiskVerdict.PairExiting, RiskVerdict.PriceMissing, RiskVerdict.PriceStale, RiskVerdict.LimitOutsideCollar,
    ];

    public static TheoryData<int> EachBreak() => [.. Enumerable.Range(0, Entries.Breaks.Length)];

    [Theory]
    [MemberData(nameof(EachBreak))]
    public void A_durable_intent_is_refused_only_for_what_may_have_changed_meanwhile(int broken)
    {
        (RiskVerdict verdict, Change change) = Entries.Breaks[broken];
        RiskVerdict expected = LookedAtAgain.Contains(verdict) ? verdict : RiskVerdict.Approved;
        Assert.Equal(expected, Entries.ReviewAgain(change));
    }

    [Fact]
    public void The_order_of_precedence_is_that_of_the_first_review()
    {
        (RiskVerdict Verdict, Change Break)[] breaks =
            [.. Entries.Breaks.Where(row => LookedAtAgain.Contains(row.Verdict))];
        for (int first = 0; first < breaks.Length; first++)
        {
            for (int later = first + 1; later < breaks.Length; later++)
            {
                EntryFacts facts = Entries.Good();
                breaks[later].Break(ref facts);
                breaks[first].Break(ref facts);
                Assert.Equal(breaks[first].Verdict, RiskGate.ReviewAgain(in facts));
            }
        }
    }
}
