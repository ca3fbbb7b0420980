using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;
using LowLatencyPortfolio.ExchangeSim.Wire.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Hosting;

/// <summary>What a test or a person does to the wire from outside: faults, limits, the key, connections, the
/// player.</summary>
internal sealed class WireAdmin(
    Venue venue, FaultDesk desk, ServerClock clock, WireLimits limits, AccessKey key, SessionList sessions,
    TickPlayer player)
{
    /// <summary>Puts a fault plan in force, the venue's part at the venue.</summary>
    /// <param name="plan">The plan.</param>
    public void Use(FaultPlan plan)
    {
        clock.SkewMs = plan.ClockSkewMs;
        desk.Use(plan);
        if (plan.Venue is { } faults)
        {
            venue.SetFaults(faults);
        }
    }

    /// <summary>Maps <c>/admin/wire/…</c> and <c>/admin/play</c>.</summary>
    /// <param name="routes">Of the server, which listens on the loopback only.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/admin/wire/faults", SetFaultsAsync);
        routes.MapGet("/admin/wire/faults", Faults);
        routes.MapPost("/admin/wire/limits", (IReadOnlyDictionary<string, int> values) =>
        {
            limits.Set(values);
            return Results.Json(limits.Get());
        });
        routes.MapPost("/admin/wire/key", (bool revoked) =>
        {
            key.IsRevoked = revoked;
            return Results.Json(new { revoked });
        });
        routes.MapPost("/admin/wire/disconnect", () =>
        {
            sessions.EndAll();
            return Results.Json(new { success = true });
        });
        routes.MapGet("/admin/play", Play);
        routes.MapPost("/admin/play/step", (long trades) =>
        {
            player.StepTrades(trades);
            return Play();
        });
        routes.MapPost("/admin/play/print", Print);
    }

    private async Task<IResult> SetFaultsAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        FaultPlan plan = FaultPlanText.Parse(await reader.ReadToEndAsync(), out IReadOnlyList<string> faults);
        if (faults.Count > 0)
        {
            return Results.Json(
                new { error = "INVALID_ARGUMENT", faults }, statusCode: StatusCodes.Status400BadRequest);
        }

        Use(plan);
        return Faults();
    }

    private IResult Faults() => Results.Json(new
    {
        clock_skew_ms = clock.SkewMs,
        rules = desk.Plan.Rules.Count,
        strikes = desk.Strikes(),
    });

    private IResult Print(string product, decimal price, decimal size)
    {
        if (price <= 0 || size <= 0 || venue.FindProduct(product) is null)
        {
            return Results.Json(
                new { error = "INVALID_ARGUMENT", message = "a known product, price and size above 0" },
                statusCode: StatusCodes.Status400BadRequest);
        }

        player.Print(product, price, size);
        return Play();
    }

    private IResult Play()
    {
        PlayStatus status = player.Status;
        return Results.Json(new
        {
            now = VenueTime.ToText(status.NowNs),
            played = status.Played,
            ended = status.Ended,
            fault = status.Fault,
            queued = sessions.Slowest()?.Queued ?? 0,
            subscribed = sessions.HasMarketSubscriber(),
        });
    }
}
