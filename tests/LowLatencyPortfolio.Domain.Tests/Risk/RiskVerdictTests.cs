namespace LowLatencyPortfolio.Domain.Tests.Risk;

public sealed class RiskVerdictTests
{
    [Fact]
    public void The_stored_numbers_of_verdicts_never_change() => Assert.Equal(
        "None=0 Approved=1 Queued=2 TradingModeForbids=10 PairDisabled=11 ProductNotTradable=12 ProductNotAllowed=13 "
        + "NotReconciled=20 PairHasUnknownOrder=21 PairExiting=22 PriceMissing=30 PriceStale=31 ClockSkew=32 "
        + "JournalLag=33 JournalFailed=34 DuplicateIntent=40 TooManyEntriesPerHour=41 LimitOutsideCollar=42 "
        + "StopNotPlaceable=43 QuantityBelowMinimum=50 NotionalBelowMinimum=51 OffIncrement=52 "
        + "OrderNotionalAboveLimit=53 PositionSizeAboveLimit=60 PositionCountAboveLimit=61 "
        + "CorrelatedExposureAboveLimit=62 TopNConcentrationAboveLimit=63 InsufficientCapital=64 "
        + "MeasuredGroupExposureAboveLimit=65 CrossesOwnOrder=70 "
        + "OrderRateExceeded=71 SellExceedsPosition=72 EntryQueueFull=80 IntentNotDurable=81 StopMovesSuspended=82 "
        + "LossBreakerTripped=83 ReductionNotPossible=90",
        string.Join(' ', Enum.GetValues<RiskVerdict>().Select(verdict => $"{verdict}={(byte)verdict}")));

    [Fact]
    public void The_stored_numbers_of_order_and_stop_states_never_change()
    {
        Assert.Equal(
            "None=0 Intended=1 Submitted=2 Working=3 Triggered=4 CancelPending=5 Unknown=6 Filled=10 Cancelled=11 "
            + "Replaced=12 Rejected=13 Expired=14 Abandoned=15",
            string.Join(' ', Enum.GetValues<OrderState>().Select(state => $"{state}={(byte)state}")));
        Assert.Equal(
            "None=0 Placing=1 Resting=2 Replacing=3 Triggered=4 Exiting=5 Closed=6",
            string.Join(' ', Enum.GetValues<StopState>().Select(state => $"{state}={(byte)state}")));
        Assert.Equal(
            "Trading=0 ReduceOnly=1 Halted=2",
            string.Join(' ', Enum.GetValues<TradingMode>().Select(mode => $"{mode}={(byte)mode}")));
    }
}
