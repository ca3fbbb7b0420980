using System.Globalization;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>The venue's time, in the two shapes that clients ask for.</summary>
internal static class TimeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        // The server's clock, by which tokens are judged, is not the tape's: that one may be years behind.
        var clock = routes.ServiceProvider.GetService<ServerClock>();
        long NowNs() => clock is null ? venue.Clock.NowNs : VenueTime.ToNs(clock.UtcNow.UtcDateTime);
        routes.MapGet($"{BrokerageEndpoints.Prefix}/time", () => Results.Json(Brokerage(NowNs())));
        routes.MapGet("/v2/time", () => Results.Json(new { data = App(NowNs()) }));
    }

    private static object Brokerage(long nowNs) => new
    {
        iso = Iso(nowNs),
        epochSeconds = (nowNs / VenueTime.SecondNs).ToString(CultureInfo.InvariantCulture),
        epochMillis = (nowNs / 1_000_000).ToString(CultureInfo.InvariantCulture),
    };

    private static object App(long nowNs) => new { iso = Iso(nowNs), epoch = nowNs / VenueTime.SecondNs };

    private static string Iso(long nowNs) =>
        VenueTime.ToUtc(nowNs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
