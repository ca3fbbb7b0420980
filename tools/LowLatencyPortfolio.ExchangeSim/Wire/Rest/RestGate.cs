using System.Globalization;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>What every REST request passes before the venue sees it: rate limit, token, permission; then the faults
/// of the plan.</summary>
/// <param name="venue">Says whether the key may trade.</param>
/// <param name="key">What the only client signs with.</param>
/// <param name="verifier">Judges tokens.</param>
/// <param name="clock">Date header.</param>
/// <param name="limits">Requests a second.</param>
/// <param name="faults">Spoils what the others let through.</param>
internal sealed class RestGate(
    Venue venue, AccessKey key, JwtVerifier verifier, ServerClock clock, WireLimits limits, RestFaults faults)
{
    private const string TooMany = """{"errors":[{"id":"rate_limit_exceeded","message":"Too many requests"}]}""";
    private const string Scopes = """{"error":"PERMISSION_DENIED","error_details":"Missing required scopes","""
        + "\"message\":\"Missing required scopes\"}";

    /// <summary>The middleware.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the server.</param>
    /// <returns>When the request was answered.</returns>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.Date = clock.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        if (!RestRoute.Covers(context.Request.Path))
        {
            await next(context);
            return;
        }

        RestRoute route = RestRoute.Of(context.Request.Method, context.Request.Path);
        RateVerdict rate = route.IsPublic
            ? limits.Public.Take(context.Connection.RemoteIpAddress?.ToString() ?? "local")
            : limits.Private.Take(key.Name);
        if (rate.Limit > 0)
        {
            WriteHeaders(context.Response.Headers, rate);
        }

        if (!rate.Allowed)
        {
            await AnswerAsync(context, StatusCodes.Status429TooManyRequests, "application/json", TooMany);
        }
        else if (!route.IsPublic && !IsSigned(context.Request))
        {
            await AnswerAsync(context, StatusCodes.Status401Unauthorized, "text/plain", "Unauthorized\n");
        }
        else if (route.Needs == Access.Trade && !venue.Settings.CanTrade)
        {
            await AnswerAsync(context, StatusCodes.Status403Forbidden, "application/json", Scopes);
        }
        else
        {
            await faults.InvokeAsync(context, next, route.Target);
        }
    }

    /// <summary>The venue's answer to a request too many.</summary>
    /// <param name="context">The request.</param>
    /// <returns>When the answer was written.</returns>
    public static Task RefuseAsync(HttpContext context)
    {
        WriteHeaders(context.Response.Headers, new RateVerdict(false, 30, 0, 1));
        return AnswerAsync(context, StatusCodes.Status429TooManyRequests, "application/json", TooMany);
    }

    private bool IsSigned(HttpRequest request)
    {
        const string Bearer = "Bearer ";
        string header = request.Headers.Authorization.ToString();
        return !key.IsRevoked
            && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && verifier.VerifyRequest(header[Bearer.Length..].Trim(), request.Method, request.Path.Value ?? "/")
                == JwtVerdict.Accepted;
    }

    private static void WriteHeaders(IHeaderDictionary headers, RateVerdict rate)
    {
        headers["x-ratelimit-limit"] = rate.Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = rate.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = rate.ResetSeconds.ToString(CultureInfo.InvariantCulture);
    }

    private static Task AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }
}
