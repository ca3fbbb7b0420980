using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// The venue's REST paths. Whatever checks, delays or breaks requests is middleware in front of them.
/// </summary>
public static class BrokerageEndpoints
{
    public const string Prefix = "/api/v3/brokerage";

    /// <summary>
    /// Maps every path under <see cref="Prefix"/> and the <c>/v2</c> paths that general-purpose clients call.
    /// </summary>
    public static void MapBrokerage(this IEndpointRouteBuilder routes, Venue venue)
    {
        TimeEndpoints.Map(routes, venue);
        ProductEndpoints.Map(routes, venue);
        MarketEndpoints.Map(routes, venue);
        AccountEndpoints.Map(routes, venue);
        OrderEndpoints.Map(routes, venue);
        OrderListEndpoints.Map(routes, venue);
        AppEndpoints.Map(routes, venue);
    }
}
