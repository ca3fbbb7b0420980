using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class StoredTextTests
{
    [Fact]
    public void Every_value_comes_back_from_its_text()
    {
        ComesBack<OrderState>();
        ComesBack<OrderType>();
        ComesBack<OrderSide>();
        ComesBack<OrderPurpose>();
        ComesBack<StopState>();
        ComesBack<ExitReason>();
        ComesBack<RejectReason>();
        ComesBack<RiskVerdict>();
        ComesBack<TradingMode>();
        ComesBack<HistoryAction>();
        ComesBack<ReconcileFinding>();
        ComesBack<HaltCause>();
        ComesBack<Liquidity>();
        ComesBack<OutageKind>();
        ComesBack<RebalanceKind>();
    }

    [Fact]
    public void Texts_are_upper_snake_case()
    {
        Assert.Equal("STOP_LIMIT", TextOf(OrderType.StopLimit));
        Assert.Equal("CANCEL_PENDING", TextOf(OrderState.CancelPending));
        Assert.Equal("CLOSED", TextOf(StopState.Closed));
        Assert.Equal("REDUCE_ONLY", TextOf(TradingMode.ReduceOnly));
        Assert.Equal("TOP_N_CONCENTRATION_ABOVE_LIMIT", TextOf(RiskVerdict.TopNConcentrationAboveLimit));
    }

    [Fact]
    public void History_actions_have_the_texts_other_programs_look_for() => Assert.Equal(
        "NONE ENTRY_SUBMITTED ENTRY_FILLED STOP_PLACED STOP_REPLACED STOP_TRIGGERED EXIT_FILLED LIQUIDATED "
        + "ORDER_CANCELLED ORDER_REJECTED RISK_REJECTED HALTED RESUMED ORDER_ABANDONED CAPITAL_CHANGED "
        + "JOURNAL_GAP JOURNAL_RECOVERED NAKED_ALARM RECONCILED EXTERNAL_OUT EXIT_BLOCKED "
        + "STOP_TAKEN COINS_CONTESTED STOPS_REFUSED GROUP_CHANGED "
        + "ENTRIES_HALTED ENTRIES_ALLOWED RESUME_ASKED RESUME_REBASED_ASKED "
        + "REBALANCE_STARTED REBALANCE_REFUSED REBALANCE_SELLING REBALANCE_ENDED "
        + "OUTAGE_BEGAN OUTAGE_ENDED",
        string.Join(' ', Enum.GetValues<HistoryAction>().Select(TextOf)));

    [Fact]
    public void Kinds_of_a_rebalance_have_the_texts_other_programs_look_for() => Assert.Equal(
        "INCREASE DECREASE REDUCE_TO_LIMIT", string.Join(' ', Enum.GetValues<RebalanceKind>().Select(TextOf)));

    [Fact]
    public void A_text_of_nobody_is_refused() =>
        Assert.Contains("SIDEWAYS", Assert.Throws<JournalException>(() =>
            StoredText.Parse<OrderSide>("SIDEWAYS")).Message, StringComparison.Ordinal);

    private static void ComesBack<T>()
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            Assert.Equal(value, StoredText.Parse<T>(TextOf(value)));
        }
    }

    private static string TextOf<T>(T value)
        where T : struct, Enum => Encoding.UTF8.GetString(StoredText.Of(value));
}
