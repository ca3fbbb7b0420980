using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

public sealed class PaperConfigTests
{
    [Fact]
    public void Defaults_and_the_ends_of_every_range_have_no_faults()
    {
        Assert.Empty(new PaperConfig().Faults());
        Assert.Empty(
            new PaperConfig
            {
                MakerFee = 0m, TakerFee = 0m, SlippageBps = 0m, LatencyMs = 0, RejectionRate = 0m,
            }.Faults());
        Assert.Empty(
            new PaperConfig
            {
                MakerFee = 0.1m, TakerFee = 0.1m, SlippageBps = 1000m, LatencyMs = 60_000, RejectionRate = 1m,
            }.Faults());
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var config = new PaperConfig
        {
            MakerFee = -0.001m, TakerFee = 0.6m, SlippageBps = 1001m, LatencyMs = 60_001, RejectionRate = 1.1m,
        };
        Assert.Equal(
            [
                "paper.makerFee -0.001 must be in [0, 0.1] with at most 6 decimals (0.006 means 0.6 %)",
                "paper.takerFee 0.6 must be in [0, 0.1] with at most 6 decimals (0.012 means 1.2 %)",
                "paper.slippageBps 1001 must be in [0, 1000] with at most 4 decimals (5 means 0.05 %)",
                "paper.latencyMs 60001 must be in [0, 60000] (250 means a quarter of a second)",
                "paper.rejectionRate 1.1 must be in [0, 1] with at most 6 decimals (0.01 means 1 order in 100)",
            ],
            config.Faults());
        ArgumentException fault = Assert.Throws<ArgumentException>(
            () => new PaperExchange(config, Pairs.Of("BTC-USD"), -1m, [true, true]));
        Assert.Equal(7, fault.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void Assumptions_are_one_line_for_the_report()
    {
        Assert.Equal(
            "resting orders fill at their limit, maker 0.60 %; "
            + "orders that take fill at the tick with 5 bp slippage, taker 1.20 %; "
            + "fills complete at one tick; latency 0 ms; refused by chance 0 %",
            new Venue(new PaperConfig()).Exchange.Assumptions);
    }
}
