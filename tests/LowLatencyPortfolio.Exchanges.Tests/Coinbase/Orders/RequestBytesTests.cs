using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class RequestBytesTests
{
    private static readonly PairSetup[] Traded = Pairs.Of("BTC-USD", "ETH-USD");

    [Fact]
    public void Every_request_is_the_json_a_plain_writer_would_write()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        OrderTemplates templates = new(Traded, new ClientOrderIds("engine1", 3));
        SignedHead head = new(null, "POST", "api.coinbase.com", "/api/v3/brokerage/orders");
        RequestBuffer request = new();
        for (int i = 0; i < 5_000; i++)
        {
            OrderCommand order = RandomOrder(random, i + 1);
            templates.Create(request, head, epoch: 3, in order, order.Quantity);
            JsonNode? sent = JsonNode.Parse(Encoding.UTF8.GetString(request.Body));
            Assert.True(JsonNode.DeepEquals(Plain(in order), sent), $"seed {seed}, order {i}: {sent}");
            string text = Encoding.UTF8.GetString(request.Written);
            Assert.Equal($"llp-engine1-3-{order.Sequence}", (string?)sent!["client_order_id"]);
            Assert.Equal(
                request.Body.Length,
                int.Parse(text.Split("Content-Length: ")[1].Split("\r\n")[0], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Cancels_and_edits_name_the_venues_order()
    {
        Assert.True(VenueOrderId.TryParse("52cfe5e2-0b29-4c19-a245-a6a773de5030"u8, out VenueOrderId id));
        OrderTemplates templates = new(Traded, new ClientOrderIds("engine1", 3));
        SignedHead head = new(null, "POST", "api.coinbase.com", "/x");
        RequestBuffer request = new();
        OrderTemplates.Cancel(request, head, in id);
        Assert.Equal(
            """{"order_ids":["52cfe5e2-0b29-4c19-a245-a6a773de5030"]}""", Encoding.UTF8.GetString(request.Body));
        OrderCommand stop = new() { Product = 0, Limit = 49_000_50000000, Trigger = 50_000_00000000 };
        templates.Edit(request, head, in id, in stop, 1_25000000);
        Assert.Equal(
            """{"order_id":"52cfe5e2-0b29-4c19-a245-a6a773de5030","price":"49000.5","size":"1.25","stop_price":"50000"}""",
            Encoding.UTF8.GetString(request.Body));
    }

    [Theory]
    [InlineData(0, 8, "0")]
    [InlineData(1, 8, "0.00000001")]
    [InlineData(100_000_000, 8, "1")]
    [InlineData(6_892_367_000_000, 8, "68923.67")]
    [InlineData(long.MaxValue, 0, "9223372036854775807")]
    [InlineData(long.MaxValue, 18, "9.223372036854775807")]
    [InlineData(10, 0, "10")]
    public void Units_are_written_as_plain_decimals(long units, int decimals, string expected)
    {
        Span<byte> text = stackalloc byte[UnitText.MaxLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..UnitText.Write(units, decimals, text)]));
    }

    [Theory]
    [InlineData("llp-engine1-3-17", true, 3, 17)]
    [InlineData("llp-engine1-2-17", true, 2, 17)]
    [InlineData("llp-engine2-3-17", false, 0, 0)]
    [InlineData("llp-engine1-3", false, 0, 0)]
    [InlineData("llp-engine1-3-17x", false, 3, 0)]
    [InlineData("llp-engine1--3-17", false, 0, 0)]
    [InlineData("ccxt-1", false, 0, 0)]
    [InlineData(null, false, 0, 0)]
    public void Only_ids_with_our_engine_are_ours(string? id, bool isOurs, long epoch, long sequence)
    {
        ClientOrderIds ids = new("engine1", 3);
        Assert.Equal(isOurs, ids.TryParse(id, out long foundEpoch, out long foundSequence));
        Assert.Equal((epoch, sequence), (foundEpoch, foundSequence));
        Assert.True(!isOurs || ids.Of(epoch, sequence) == id);
    }

    private static OrderCommand RandomOrder(Random random, long sequence)
    {
        OrderType type = (OrderType)random.Next(4);
        return new OrderCommand
        {
            Product = random.Next(2),
            Type = type,
            Side = type == OrderType.StopLimit || random.Next(2) == 0 ? OrderSide.Sell : OrderSide.Buy,
            Sequence = sequence,
            Limit = type == OrderType.Market ? 0 : random.NextInt64(1, 100_000_00) * 1_000_000,
            Trigger = type == OrderType.StopLimit ? random.NextInt64(1, 100_000_00) * 1_000_000 : 0,
            Quantity = random.NextInt64(1, 1_000_000) * 100_000,
        };
    }

    private static JsonObject Plain(in OrderCommand order)
    {
        ProductSpec product = Traded[order.Product].Product;
        JsonObject terms = new() { ["base_size"] = Text(product.QuantityOf(order.Quantity)) };
        string kind = "market_market_ioc";
        if (order.Type != OrderType.Market)
        {
            terms["limit_price"] = Text(product.PriceOf(order.Limit));
            kind = order.Type == OrderType.LimitIoc ? "sor_limit_ioc" : "limit_limit_gtc";
        }

        if (order.Type == OrderType.Limit)
        {
            terms["post_only"] = false;
        }
        else if (order.Type == OrderType.StopLimit)
        {
            terms["stop_price"] = Text(product.PriceOf(order.Trigger));
            terms["stop_direction"] = "STOP_DIRECTION_STOP_DOWN";
            kind = "stop_limit_stop_limit_gtc";
        }

        return new JsonObject
        {
            ["client_order_id"] = $"llp-engine1-3-{order.Sequence}",
            ["product_id"] = product.ProductId,
            ["side"] = order.Side == OrderSide.Buy ? "BUY" : "SELL",
            ["order_configuration"] = new JsonObject { [kind] = terms },
        };
    }

    private static string Text(decimal number) =>
        number.ToString("0.##################", CultureInfo.InvariantCulture);
}
