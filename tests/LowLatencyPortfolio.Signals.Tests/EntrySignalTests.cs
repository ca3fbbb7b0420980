namespace LowLatencyPortfolio.Signals.Tests;

public sealed class EntrySignalTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("1")]
    public void Confidence_goes_from_0_to_1(string confidence)
    {
        decimal value = decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(value, new EntrySignal { ProductId = "BTC-USD", Confidence = value }.Confidence);
    }

    [Theory]
    [InlineData("-0.01")]
    [InlineData("1.01")]
    [InlineData("80")]
    public void Confidence_outside_0_to_1_is_refused_with_its_meaning(string confidence)
    {
        decimal value = decimal.Parse(confidence, System.Globalization.CultureInfo.InvariantCulture);
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new EntrySignal { ProductId = "BTC-USD", Confidence = value });
        Assert.Contains("0.8 means 80 %", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_that_says_nothing_does_not_enter() =>
        Assert.False(new EntrySignal { ProductId = "BTC-USD" }.ShouldEnter);
}
