using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// What a test or a person does to the venue from outside: time, faults, flags, foreign hands, and the truth.
/// </summary>
public static class AdminEndpoints
{
    private static readonly ProtoField s_foreignOrder = RequestSchemas.Create;

    /// <summary>Maps <c>/admin/…</c>; no credentials, so the server must listen on loopback only.</summary>
    /// <param name="venue">What the requests act on.</param>
    /// <param name="stepTo">
    /// Moves time to a moment, in ns since the Unix epoch, playing what the tape holds until then; null when time
    /// cannot be stepped, which <c>/admin/step</c> answers with 409.
    /// </param>
    public static void MapAdmin(this IEndpointRouteBuilder routes, Venue venue, Func<long, Task>? stepTo = null)
    {
        routes.MapPost("/admin/step", (HttpRequest request) => StepAsync(request, venue, stepTo));
        routes.MapPost("/admin/faults", AdminJson.Handler<AdminFaults>(body => SetFaults(body, venue)));
        routes.MapGet("/admin/faults", () => Faults(venue));
        routes.MapPost("/admin/product", AdminJson.Handler<AdminProduct>(body => SetProduct(body, venue)));
        routes.MapPost("/admin/settings", AdminJson.Handler<AdminSettings>(body => SetSettings(body, venue)));
        routes.MapPost("/admin/move-coins", AdminJson.Handler<AdminTransfer>(body => MoveCoins(body, venue)));
        routes.MapPost("/admin/foreign-order", Bodies.Handler(s_foreignOrder, body => ForeignOrder(body, venue)));
        routes.MapPost("/admin/foreign-cancel",
            Bodies.Handler(RequestSchemas.Cancel, body => OrderEndpoints.Cancel(body, venue)));
        routes.MapGet("/admin/ledger", () => Answers.Ok(LedgerJson.Ledger(venue.Ledger(), venue)));
        routes.MapGet("/admin/ledger/changes",
            (string product) => Answers.Ok(LedgerJson.Changes(venue.Changes(product), venue)));
    }

    private static async Task<IResult> StepAsync(HttpRequest request, Venue venue, Func<long, Task>? stepTo)
    {
        long targetNs = 0;
        var fault = await AdminJson.Handler<AdminStep>(step =>
        {
            targetNs = Target(step, venue.Clock.NowNs);
            return Results.Empty;
        })(request).ConfigureAwait(false);
        if (targetNs == 0)
            return fault;
        if (stepTo is null)
            return Results.Json(new { error = "FAILED_PRECONDITION", message = "time is not stepped in this run" },
                statusCode: 409);
        await stepTo(targetNs).ConfigureAwait(false);
        venue.Advance();
        return Answers.Ok(new { now = VenueTime.ToText(venue.Clock.NowNs) });
    }

    private static long Target(AdminStep step, long nowNs)
    {
        if (step.To is not null == step.ByMs is not null)
            throw new RequestFault("give either to or by_ms");
        if (step.ByMs is { } ms)
            return ms is >= 0 and <= 31_622_400_000m ? nowNs + (long)(ms * 1_000_000)
                : throw new RequestFault("by_ms must be from 0 to 31622400000");
        return VenueTime.TryParse(step.To, out long ns) && ns >= nowNs ? ns
            : throw new RequestFault($"to must be RFC 3339 and not before {VenueTime.ToText(nowNs)}");
    }

    private static IResult SetFaults(AdminFaults body, Venue venue)
    {
        venue.SetFaults([.. (body.Faults ?? []).Select(fault => fault.Checked())]);
        return Faults(venue);
    }

    private static IResult Faults(Venue venue) => Answers.Ok(new
    {
        faults = venue.Faults.Select(fault => new
        {
            kind = AdminJson.Name(fault.Kind),
            probability = WireText.Number(fault.Probability),
            occurrences = fault.Occurrences,
            product_id = fault.ProductId,
            fraction = WireText.Number(fault.Fraction),
            delay_ms = WireText.Number(fault.DelayNs / 1_000_000m),
            configuration = fault.Configuration,
            code = fault.Code,
        }),
    });

    private static IResult SetProduct(AdminProduct body, Venue venue)
    {
        if (body.ProductId is not { } id || venue.FindProduct(id) is not { } product)
            return Answers.NotFound($"unknown product: {body.ProductId}");
        venue.SetProduct(body.ApplyTo(product));
        return Answers.Ok(new { product_id = id });
    }

    private static IResult SetSettings(AdminSettings body, Venue venue)
    {
        venue.Settings = body.ApplyTo(venue.Settings);
        return Answers.Ok(new { success = true });
    }

    private static IResult MoveCoins(AdminTransfer body, Venue venue)
    {
        if (string.IsNullOrEmpty(body.Currency) || body.Amount == 0)
            throw new RequestFault("currency and an amount other than zero are required");
        return venue.MoveCoins(body.Currency, body.Amount)
            ? Answers.Ok(new { success = true })
            : throw new RequestFault("more than what is available");
    }

    private static IResult ForeignOrder(ProtoMessage body, Venue venue)
    {
        var order = OrderRequests.Order(body, body.Text("client_order_id") ?? Guid.NewGuid().ToString());
        return Answers.Ok(OrderJson.Created(venue.PlaceForeign(order), order));
    }
}
