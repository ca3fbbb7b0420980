using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class EndpointTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void What_a_file_does_not_name_stays_real()
    {
        File.WriteAllText(_path, """{"rest":"http://127.0.0.1:8080","userWebSocket":"ws://127.0.0.1:8081"}""");
        CoinbaseEndpoints endpoints = CoinbaseEndpoints.Load(_path);
        Assert.Equal(new Uri("http://127.0.0.1:8080"), endpoints.Rest);
        Assert.Equal(new Uri("ws://127.0.0.1:8081"), endpoints.UserWebSocket);
        Assert.Equal(new Uri("wss://advanced-trade-ws.coinbase.com"), endpoints.MarketWebSocket);
        Assert.False(endpoints.IsReal);
        Assert.True(new CoinbaseEndpoints().IsReal);
    }

    [Theory]
    [InlineData("""{"rest":"ws://x"}""", "rest")]
    [InlineData("""{"userWebSocket":"https://x"}""", "userWebSocket")]
    [InlineData("""{"rest":"somewhere"}""", "rest")]
    [InlineData("""{"rest":7}""", "rest")]
    [InlineData("""{"rest":"https://user:password@x"}""", "rest")]
    [InlineData("""{"raest":"https://x"}""", "raest")]
    [InlineData("""{"rest":"https://x","rest":"https://y"}""", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    public void A_bad_file_is_refused_with_the_field(string content, string names)
    {
        File.WriteAllText(_path, content);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => CoinbaseEndpoints.Load(_path));
        Assert.Contains(names, e.Message, StringComparison.Ordinal);
        Assert.Contains(_path, e.Message, StringComparison.Ordinal);
    }
}
