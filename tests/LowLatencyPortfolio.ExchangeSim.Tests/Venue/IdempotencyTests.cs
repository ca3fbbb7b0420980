namespace LowLatencyPortfolio.ExchangeSim.Tests;

public sealed class IdempotencyTests
{
    private readonly VenueBench _bench = new();

    public IdempotencyTests() => _bench.Print(100m);

    [Fact]
    public void Same_client_order_id_returns_the_first_order_whatever_the_body_says()
    {
        var first = _bench.Send(OrderSide.Sell, Terms.Stop(1m, 95m, 94m), "mine");

        var again = _bench.Send(OrderSide.Buy, Terms.Market(3m), "mine");

        Assert.True(again is { Success: true, Repeated: true });
        Assert.Equal(first.Order!.OrderId, again.Order!.OrderId);
        Assert.Single(_bench.Venue.Orders);
    }

    [Fact]
    public void Repeat_after_the_order_has_ended_still_returns_it()
    {
        var first = _bench.Send(OrderSide.Sell, Terms.Market(1m), "mine");

        var again = _bench.Send(OrderSide.Sell, Terms.Market(1m), "mine");

        Assert.Equal((first.Order!.OrderId, OrderStatus.Filled), (again.Order!.OrderId, again.Order.Status));
        Assert.Equal(9m, _bench.Account("BTC").Available);
    }

    [Fact]
    public void Refused_order_leaves_its_client_order_id_free()
    {
        Assert.False(_bench.Send(OrderSide.Sell, Terms.Market(11m), "mine").Success);

        Assert.True(_bench.Send(OrderSide.Sell, Terms.Market(10m), "mine") is { Success: true, Repeated: false });
    }

    [Fact]
    public void Concurrent_repeats_create_one_order()
    {
        var order = _bench.New(OrderSide.Sell, Terms.Gtc(1m, 120m), "mine");

        Parallel.For(0, 64, _ => Assert.True(_bench.Venue.Create(order).Success));

        Assert.Single(_bench.Venue.Orders);
        Assert.Equal(1m, _bench.Account("BTC").Hold);
    }
}
