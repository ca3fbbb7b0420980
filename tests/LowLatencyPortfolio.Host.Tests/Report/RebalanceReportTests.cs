using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Report;

/// <summary>What the report of a run says of its rebalances.</summary>
public sealed class RebalanceReportTests
{
    private static readonly RebalanceOptions On = new() { Orders = true };

    // Entry 1 opened BTC-USD; 2 is an increase, 4 one that waited for a slot; 3 and 6 are smaller stops, 5 a sell.
    private static readonly OrderRow[] Orders =
        [Order(1, OrderSide.Buy), Order(2, OrderSide.Buy), Order(3, OrderSide.Sell), Order(4, OrderSide.Buy),
            Order(5, OrderSide.Sell), Order(6, OrderSide.Sell)];

    private static readonly HistoryRow[] History =
    [
        Row(HistoryAction.EntrySubmitted, 1), Row(HistoryAction.EntryFilled, 1, value: 1_000m, fee: 10m),
        Row(HistoryAction.RebalanceStarted, 2, "INCREASE"),
        Row(HistoryAction.RebalanceStarted, null, "INCREASE", "ETH-USD"),
        Row(HistoryAction.EntrySubmitted, 2), Row(HistoryAction.EntryFilled, 2, value: 200m, fee: 2m),
        Row(HistoryAction.EntrySubmitted, 4, product: "ETH-USD"),
        Row(HistoryAction.EntryFilled, 4, value: 30m, fee: 0.3m, product: "ETH-USD"),
        Row(HistoryAction.RebalanceStarted, 3, "REDUCE_TO_LIMIT"), Row(HistoryAction.RebalanceSelling, 5),
        Row(HistoryAction.ExitFilled, 5, value: 400m, fee: 4m),
        Row(HistoryAction.RiskRejected, null, "PRICE_STALE"), Row(HistoryAction.RebalanceRefused, null, "PRICE_STALE"),
        Row(HistoryAction.RebalanceRefused, null, "REDUCTION_NOT_POSSIBLE"),
        Row(HistoryAction.RebalanceStarted, 6, "DECREASE"), Row(HistoryAction.RebalanceEnded, null),
        Row(HistoryAction.ExitFilled, 6, value: 5_000m, fee: 50m),      // the smaller stop itself
    ];

    [Fact]
    public void What_they_did_is_counted_from_history()
    {
        RebalanceTally tally = RebalanceTally.Of(History, Orders);
        Assert.Equal(
            (2, 2, 1, 1, 1),
            (tally.Increases, tally.Reductions, tally.ToLimit, tally.Sells, tally.Ended));
        Assert.Equal((230m, 2.3m, 400m, 4m), (tally.Bought, tally.BuyFees, tally.Sold, tally.SellFees));
        Assert.Equal(
            [KeyValuePair.Create(RiskVerdict.PriceStale, 1), KeyValuePair.Create(RiskVerdict.ReductionNotPossible, 1)],
            tally.Refused);
    }

    [Fact]
    public void Rows_that_do_not_say_which_way_are_told_by_their_orders()
    {
        RebalanceTally tally = RebalanceTally.Of([.. History.Select(row => row with { Detail = null })], Orders);
        Assert.Equal((2, 2, 0), (tally.Increases, tally.Reductions, tally.ToLimit));
        Assert.Equal((230m, 400m), (tally.Bought, tally.Sold));
    }

    [Fact]
    public void The_report_has_a_section_for_people() => Assert.Contains(
        """

        Rebalances (what they traded is in the averages, fees and profits above)
          Count  What                                      Traded USD  Fees USD
              2  increases begun                               230.00      2.30
              2  reductions begun                              400.00      4.00
              1    of a position above maxPositionSizePct
              1    whose sell left
              1    that ended before their sell left
              1  refused: price stale
              1  refused: reduction not possible

        """,
        Text(RebalanceTally.Of(History, Orders)),
        StringComparison.Ordinal);

    [Fact]
    public void The_result_has_keys_for_programs()
    {
        string json = ResultJson.Text(ReportSamples.Result, RebalanceTally.Of(History, Orders));
        Assert.Contains(
            """
              "rebalancesStarted": 4,
              "rebalanceIncreases": 2,
              "rebalanceReductions": 2,
              "rebalanceReductionsToLimit": 1,
              "rebalanceSells": 1,
              "rebalancesEnded": 1,
              "rebalancesRefused": 2,
              "rebalancesRefusedBy": {
                "PRICE_STALE": 1,
                "REDUCTION_NOT_POSSIBLE": 1
              },
              "rebalanceBought": "230",
              "rebalanceSold": "400",
              "rebalanceFees": "6.3",
              "stateHash"
            """,
            json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_rebalances_says_nothing_of_them_unless_they_are_switched_on()
    {
        DatabaseRows none = DatabaseRows.Of([], ReportSamples.History, []);
        Assert.Null(none.RebalancesBy(null));
        Assert.Null(none.RebalancesBy(new RebalanceOptions()));
        Assert.DoesNotContain("ebalance", Text(null), StringComparison.Ordinal);
        Assert.DoesNotContain("ebalance", ResultJson.Text(ReportSamples.Result), StringComparison.Ordinal);
        Assert.Contains("\nRebalances: none\n", Text(none.RebalancesBy(On)), StringComparison.Ordinal);
        Assert.NotNull(DatabaseRows.Of([], History, Orders).RebalancesBy(null));
    }

    private static string Text(RebalanceTally? rebalances)
    {
        using StringWriter text = new() { NewLine = "\n" };
        RunReport.Write(text, ReportSamples.Input() with { Rebalances = rebalances });
        return text.ToString();
    }

    private static HistoryRow Row(
        HistoryAction action, long? order, string? detail = null, string product = "BTC-USD", decimal value = 0m,
        decimal fee = 0m) => new(1, product, action, 1m, 1m, 1, order, 1, value, fee, detail, 1);

    private static OrderRow Order(long sequence, OrderSide side) => new(
        sequence, "BTC-USD", $"llp-a-0-{sequence}", OrderType.Limit, side, OrderPurpose.Entry, OrderState.Filled, 1m,
        1m, null, 1m, 1m, 0m, 1, 1, 1, null);
}
