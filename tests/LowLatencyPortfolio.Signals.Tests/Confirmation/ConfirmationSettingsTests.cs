using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals.Tests;

public sealed class ConfirmationSettingsTests
{
    [Fact]
    public void The_defaults_have_no_fault() => Assert.Empty(new ConfirmationSettings().Check());

    [Fact]
    public void Every_fault_is_told_at_once_with_its_place_value_and_range()
    {
        ConfirmationSettings wrong = new()
        {
            CandleSeconds = 0, HistoryCandles = 10_001, RsiPeriod = 0, RsiLevel = 100m, MacdFast = 0, MacdSlow = 0,
            MacdSignal = 1_001, AtrPeriod = -1, WindowCandles = 1, BollingerWidth = 0m, ConfirmationWindow = 0,
            EntryPrice = (EntryPriceMode)7, EntryOffsetBps = -1m, EntryAtrFraction = 10.5m,
        };
        Assert.Equal(
            [
                "signals.candleSeconds is 0; allowed: at least 1",
                "signals.historyCandles is 10001; allowed: 1 to 10000",
                "signals.rsiPeriod is 0; allowed: 1 to 1000",
                "signals.rsiLevel is 100; allowed: above 0, below 100",
                "signals.macdFast is 0; allowed: 1 to 1000",
                "signals.macdSlow is 0; allowed: above macdFast, at most 1000",
                "signals.macdSignal is 1001; allowed: 1 to 1000",
                "signals.atrPeriod is -1; allowed: 1 to 1000",
                "signals.windowCandles is 1; allowed: 2 to 1000",
                "signals.bollingerWidth is 0; allowed: above 0, at most 10",
                "signals.confirmationWindow is 0; allowed: 1 to 1000",
                "signals.entryPrice is 7; allowed: last, bidOffset or atrFraction",
                "signals.entryOffsetBps is -1; allowed: 0 to 1000 basis points; 5 means 0.05 %",
                "signals.entryAtrFraction is 10.5; allowed: 0 to 10, a fraction: 0.5 means half the average true range",
            ],
            wrong.Check().Select(fault => fault.ToString()));
        ConfigurationException refusal = Assert.Throws<ConfigurationException>(wrong.ThrowIfFaulty);
        Assert.Equal(14, refusal.Faults.Count);
    }

    [Fact]
    public void Settings_with_faults_make_neither_signals_nor_a_generator()
    {
        ConfirmationSettings wrong = new() { ConfirmationWindow = 0 };
        Assert.Throws<ConfigurationException>(() => new PairSignals(RealCandles.Product, wrong));
        Assert.Throws<ConfigurationException>(() => new ConfirmationGenerator(wrong, []));
    }
}
