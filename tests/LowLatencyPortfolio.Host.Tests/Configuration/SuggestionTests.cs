using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Tests.Configuration;

public sealed class SuggestionTests
{
    private static readonly string[] Known =
        ["trailPct", "minRatchet", "enabled", "maxPositions", "maxPositionSizePct"];

    [Theory]
    [InlineData("trailPc", "trailPct")]
    [InlineData("TrailPct", "trailPct")]
    [InlineData("tarilPct", "trailPct")]
    [InlineData("trail_pct", "trailPct")]
    [InlineData("enabeld", "enabled")]
    [InlineData("maxPosition", "maxPositions")]
    [InlineData("maxPositonSizePct", "maxPositionSizePct")]
    [InlineData("minRatchets", "minRatchet")]
    public void A_slip_finds_the_word_that_was_meant(string written, string meant) =>
        Assert.Equal(meant, Suggestion.Nearest(written, Known));

    [Theory]
    [InlineData("stopLoss")]
    [InlineData("x")]
    [InlineData("")]
    public void A_different_word_gets_no_suggestion(string written) => Assert.Null(Suggestion.Nearest(written, Known));
}
