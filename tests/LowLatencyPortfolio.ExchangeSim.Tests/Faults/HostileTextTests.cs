using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Faults;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Faults;

public sealed class HostileTextTests
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes(
        """
        {"channel":"ticker","sequence_num":4,"events":[{"tickers":[{"product_id":"BTC-USD","price":"65000.01"}]}]}
        """);

    [Theory]
    [InlineData("zero", "0")]
    [InlineData("negative", "-65000.01")]
    [InlineData("overflow", "1e400")]
    [InlineData("nan", "NaN")]
    [InlineData("comma", "65,000.01")]
    [InlineData("empty", "")]
    public void Prices_become_what_no_price_may_be_in_json_that_is_still_good(string variant, string price)
    {
        using JsonDocument document = JsonDocument.Parse(HostileText.WithPrices(Good, variant));
        JsonElement ticker = document.RootElement.GetProperty("events")[0].GetProperty("tickers")[0];
        Assert.Equal(price, ticker.GetProperty("price").GetString());
        Assert.Equal("BTC-USD", ticker.GetProperty("product_id").GetString());
    }

    [Fact]
    public void Shapes_are_what_they_are_called()
    {
        Assert.ThrowsAny<JsonException>(() => Parse("truncated", 64));
        Assert.ThrowsAny<JsonException>(() => Parse("deep", 64));
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true)
            .GetString(HostileText.WithShape(Good, "bad-utf8")));
        Assert.True(HostileText.WithShape(Good, "huge").Length > 10 * 1024 * 1024);
        Parse("deep", 20_000);
        JsonElement types = Parse("wrong-types", 64);
        Assert.Equal(JsonValueKind.String, types.GetProperty("sequence_num").ValueKind);
        Assert.Equal(JsonValueKind.Null, types.GetProperty("events")[0].ValueKind);
        Assert.Equal(2, Parse("duplicate-keys", 64).EnumerateObject().Count(member => member.NameEquals("channel")));
    }

    private static JsonElement Parse(string variant, int depth)
    {
        using JsonDocument document = JsonDocument.Parse(
            HostileText.WithShape(Good, variant), new JsonDocumentOptions { MaxDepth = depth });
        return document.RootElement.Clone();
    }
}
