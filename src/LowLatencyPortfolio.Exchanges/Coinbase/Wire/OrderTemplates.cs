using System.Buffers.Text;
using System.Text;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// The bodies of all requests: what is fixed for a pair and for this engine is rendered once, a request patches in its
/// epoch, sequence, prices and sizes.
/// </summary>
/// <remarks>
/// Thread: any; immutable. Allocation: none but in the constructor. Source: Advanced Trade REST, create, edit, cancel:
/// decimals are strings, unknown fields are refused.
/// </remarks>
internal sealed class OrderTemplates
{
    private readonly byte[] _idPrefix;
    private readonly byte[] _clientIdPrefix;
    private readonly Pair[] _pairs;

    public OrderTemplates(IReadOnlyList<PairSetup> pairs, ClientOrderIds ids)
    {
        _clientIdPrefix = Encoding.ASCII.GetBytes(ids.EnginePrefix);
        _idPrefix = [.. "{\"client_order_id\":\""u8, .. _clientIdPrefix];
        _pairs = [.. pairs.Select(pair => new Pair(pair.Product))];
    }

    /// <summary>The venue's name of a product, UTF-8.</summary>
    public ReadOnlySpan<byte> ProductId(int product) => _pairs[product].Id;

    /// <summary>Writes the client id of one of our orders.</summary>
    /// <returns>Its bytes.</returns>
    public ReadOnlySpan<byte> WriteClientId(long epoch, long sequence, Span<byte> to)
    {
        _clientIdPrefix.CopyTo(to);
        int length = _clientIdPrefix.Length;
        _ = Utf8Formatter.TryFormat(epoch, to[length..], out int digits);
        length += digits;
        to[length++] = (byte)'-';
        _ = Utf8Formatter.TryFormat(sequence, to[length..], out digits);
        return to[..(length + digits)];
    }

    /// <summary>Renders a new order.</summary>
    /// <param name="request">Where to.</param>
    /// <param name="head">Signed head of the path.</param>
    /// <param name="epoch">The start that made the order.</param>
    /// <param name="order">The order; <c>Quantity</c> is what is asked for.</param>
    /// <param name="quantity">What the venue is asked for, ring units.</param>
    public void Create(RequestBuffer request, SignedHead head, long epoch, in OrderCommand order, long quantity)
    {
        Pair pair = _pairs[order.Product];
        request.Begin(head).Add(_idPrefix).AddNumber(epoch).Add("-"u8).AddNumber(order.Sequence)
            .Add(order.Side == OrderSide.Buy ? pair.Buy : pair.Sell);
        switch (order.Type)
        {
            case OrderType.Market:
                request.Add("{\"market_market_ioc\":{\"base_size\":\""u8).AddUnits(quantity, pair.QuantityDecimals)
                    .Add("\"}}}"u8);
                break;
            case OrderType.LimitIoc:
                request.Add("{\"sor_limit_ioc\":{\"base_size\":\""u8).AddUnits(quantity, pair.QuantityDecimals)
                    .Add("\",\"limit_price\":\""u8).AddUnits(order.Limit, pair.PriceDecimals)
                    .Add("\"}}}"u8);
                break;
            case OrderType.Limit:
                request.Add("{\"limit_limit_gtc\":{\"base_size\":\""u8).AddUnits(quantity, pair.QuantityDecimals)
                    .Add("\",\"limit_price\":\""u8).AddUnits(order.Limit, pair.PriceDecimals)
                    .Add("\",\"post_only\":false}}}"u8);
                break;
            default:
                request.Add("{\"stop_limit_stop_limit_gtc\":{\"base_size\":\""u8)
                    .AddUnits(quantity, pair.QuantityDecimals)
                    .Add("\",\"limit_price\":\""u8).AddUnits(order.Limit, pair.PriceDecimals)
                    .Add("\",\"stop_price\":\""u8).AddUnits(order.Trigger, pair.PriceDecimals)
                    .Add("\",\"stop_direction\":\"STOP_DIRECTION_STOP_DOWN\"}}}"u8);
                break;
        }

        request.End();
    }

    /// <summary>Renders the cancel of one order.</summary>
    public static void Cancel(RequestBuffer request, SignedHead head, in VenueOrderId order)
    {
        request.Begin(head).Add("{\"order_ids\":[\""u8).Add(order.Text).Add("\"]}"u8);
        request.End();
    }

    /// <summary>Renders the cancel of several orders.</summary>
    public static void Cancel(RequestBuffer request, SignedHead head, CancelBatch orders)
    {
        request.Begin(head).Add("{\"order_ids\":["u8);
        for (int i = 0; i < orders.Count; i++)
        {
            request.Add(i == 0 ? "\""u8 : ",\""u8).Add(orders.TargetOf(i).Text).Add("\""u8);
        }

        request.Add("]}"u8);
        request.End();
    }

    /// <summary>Renders an edit, or its preview: the same body.</summary>
    /// <param name="request">Where to.</param>
    /// <param name="head">Signed head of the path.</param>
    /// <param name="target">The venue's order.</param>
    /// <param name="order">The stop as it is to be.</param>
    /// <param name="size">Its new total size, what it has sold included.</param>
    public void Edit(RequestBuffer request, SignedHead head, in VenueOrderId target, in OrderCommand order, long size)
    {
        Pair pair = _pairs[order.Product];
        request.Begin(head).Add("{\"order_id\":\""u8).Add(target.Text)
            .Add("\",\"price\":\""u8).AddUnits(order.Limit, pair.PriceDecimals)
            .Add("\",\"size\":\""u8).AddUnits(size, pair.QuantityDecimals)
            .Add("\",\"stop_price\":\""u8).AddUnits(order.Trigger, pair.PriceDecimals)
            .Add("\"}"u8);
        request.End();
    }

    private sealed class Pair(ProductSpec product)
    {
        public byte[] Id { get; } = Encoding.UTF8.GetBytes(product.ProductId);

        public int PriceDecimals { get; } = product.PriceDecimals;

        public int QuantityDecimals { get; } = product.QuantityDecimals;

        public byte[] Buy { get; } = Render(product, "BUY");

        public byte[] Sell { get; } = Render(product, "SELL");

        private static byte[] Render(ProductSpec product, string side) => Encoding.UTF8.GetBytes(
            $"\",\"product_id\":\"{product.ProductId}\",\"side\":\"{side}\",\"order_configuration\":");
    }
}
