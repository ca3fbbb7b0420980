using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Create, preview, cancel and edit.</summary>
internal static class OrderEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        const string Orders = BrokerageEndpoints.Prefix + "/orders";
        routes.MapPost(Orders, Bodies.Handler(RequestSchemas.Create, body => Create(body, venue)));
        routes.MapPost($"{Orders}/preview", Bodies.Handler(RequestSchemas.Preview, body => Preview(body, venue)));
        routes.MapPost($"{Orders}/batch_cancel", Bodies.Handler(RequestSchemas.Cancel, body => Cancel(body, venue)));
        routes.MapPost($"{Orders}/edit", Bodies.Handler(RequestSchemas.Edit, body => Edit(body, venue)));
        routes.MapPost($"{Orders}/edit_preview", Bodies.Handler(RequestSchemas.Edit, body => PreviewEdit(body, venue)));
    }

    public static IResult Cancel(ProtoMessage body, Venue venue) => Answers.Ok(new
    {
        results = venue.Cancel(body.TextList("order_ids")).Select(result => new
        {
            success = result.Success,
            failure_reason = result.FailureReason,
            order_id = result.OrderId,
        }),
    });

    private static IResult Create(ProtoMessage body, Venue venue)
    {
        var request = OrderRequests.Create(body);
        return Answers.Ok(OrderJson.Created(venue.Create(request), request));
    }

    private static IResult Preview(ProtoMessage body, Venue venue)
    {
        var preview = venue.Preview(OrderRequests.Order(body, clientId: ""));
        return Answers.Ok(new
        {
            order_total = WireText.Number(preview.OrderTotal),
            commission_total = WireText.Number(preview.Commission),
            errs = preview.Errors,
            warning = Array.Empty<string>(),
            quote_size = WireText.Number(preview.QuoteSize),
            base_size = WireText.Number(preview.BaseSize),
            best_bid = WireText.Number(preview.BestBid),
            best_ask = WireText.Number(preview.BestAsk),
            is_max = false,
            slippage = "0",
            preview_id = Guid.NewGuid().ToString(),
            average_filled_price = WireText.Number(preview.AveragePrice),
        });
    }

    private static IResult Edit(ProtoMessage body, Venue venue)
    {
        var result = venue.Edit(OrderRequests.Edit(body));
        return Answers.Ok(new { success = result.Success, errors = Errors(result) });
    }

    private static IResult PreviewEdit(ProtoMessage body, Venue venue)
    {
        var request = OrderRequests.Edit(body);
        var result = venue.PreviewEdit(request);
        var order = venue.FindOrder(request.OrderId);
        var market = order is null ? null : venue.Market(order.ProductId);
        decimal value = result.Success ? request.Size!.Value * request.Price!.Value : 0;
        decimal fee = Settlement.Fee(value, venue.Settings.TakerFeeRate);
        return Answers.Ok(new
        {
            errors = Errors(result),
            slippage = "0",
            order_total = WireText.Number(order?.Side == OrderSide.Sell ? value - fee : value + fee),
            commission_total = WireText.Number(fee),
            quote_size = WireText.Number(value),
            base_size = WireText.Number(request.Size ?? 0),
            best_bid = WireText.Number(market?.BestBid ?? 0),
            best_ask = WireText.Number(market?.BestAsk ?? 0),
            average_filled_price = WireText.Number(request.Price ?? 0),
        });
    }

    private static object[] Errors(EditResult result) => result.Success
        ? []
        : [new { edit_failure_reason = result.Failure, preview_failure_reason = result.PreviewFailure }];
}
