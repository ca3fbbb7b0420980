using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Tests.Report;

public sealed class StopComparisonTests
{
    [Fact]
    public void A_stop_saves_what_the_price_falls_after_it()
    {
        StopComparison comparison = new(ReportSamples.Pairs,
        [
            new FillLine(ReportSamples.At("2023-12-08T00:01:00Z"), "BTC-USD", true, 2m, 100m, 3m),
            new FillLine(ReportSamples.At("2023-12-08T00:03:00Z"), "BTC-USD", false, 2m, 95m, 2m),
        ]);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:00:00Z", 100m);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:01:00Z", 101m);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:03:00Z", 94m);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:04:00Z", 80m);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:05:00Z", 98m);
        comparison.Complete();

        // Sold at 95: 2 · (95 − 100) − 3 − 2. Held: at the end 2 · (98 − 100) − 3, at the low 2 · (80 − 100) − 3.
        Assert.Equal((-15m, -15m), (comparison.WithStops.Now, comparison.WithStops.Low));
        Assert.Equal((-7m, -43m), (comparison.WithoutStops.Now, comparison.WithoutStops.Low));
        Assert.Equal(ReportSamples.At("2023-12-08T00:04:00Z"), comparison.WithoutStops.LowAtNs);
    }

    [Fact]
    public void The_low_is_one_moment_of_the_whole_portfolio_and_not_the_sum_of_each_pairs_low()
    {
        long open = ReportSamples.At("2023-12-08T00:00:00Z");
        StopComparison comparison = new(
            ReportSamples.Pairs,
            [new FillLine(open, "BTC-USD", true, 1m, 100m, 0m), new FillLine(open, "DOGE-USD", true, 1m, 100m, 0m)]);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:01:00Z", 90m);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:02:00Z", 110m);
        ReportSamples.Tick(comparison, 1, "2023-12-08T00:03:00Z", 95m);
        comparison.Complete();
        Assert.Equal((5m, -10m), (comparison.WithoutStops.Now, comparison.WithoutStops.Low));
    }

    [Fact]
    public void A_position_from_an_earlier_input_is_held_at_its_own_price_until_the_first_tick()
    {
        StopComparison comparison = new(
            ReportSamples.Pairs,
            [new FillLine(ReportSamples.At("2023-12-01T00:00:00Z"), "BTC-USD", true, 1m, 100m, 1m)]);
        ReportSamples.Tick(comparison, 1, "2023-12-08T00:00:00Z", 5m);
        Assert.Equal(-1m, comparison.WithStops.Now);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:00:00Z", 120m);
        Assert.Equal(19m, comparison.WithStops.Now);
    }

    [Fact]
    public void A_fill_after_the_last_tick_counts_too()
    {
        StopComparison comparison = new(
            ReportSamples.Pairs,
            [new FillLine(ReportSamples.At("2023-12-09T00:00:00Z"), "BTC-USD", true, 1m, 100m, 1m)]);
        ReportSamples.Tick(comparison, 0, "2023-12-08T00:00:00Z", 103m);
        comparison.Complete();
        Assert.Equal(2m, comparison.WithStops.Now);
    }
}
