using System.Collections.Concurrent;
using LowLatencyPortfolio.ExchangeSim.Faults;
using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>Carries out what the fault plan says about a REST request.</summary>
/// <param name="desk">Decides which requests are struck.</param>
internal sealed class RestFaults(FaultDesk desk)
{
    private readonly ReorderPoint _reorder = new();
    private readonly ConcurrentDictionary<string, byte[]> _answers = new(StringComparer.Ordinal);

    /// <summary>Answers the request, well or badly.</summary>
    /// <param name="context">A request that passed limits and token.</param>
    /// <param name="next">The venue.</param>
    /// <param name="target">Kind of request.</param>
    /// <returns>When the request was answered, or its connection is gone.</returns>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultTarget target)
    {
        FaultRule? rule = desk.Take(target, path: context.Request.Path.Value);
        if (rule?.Fault == FaultKind.Reorder)
        {
            await _reorder.WaitAsync(target, rule.Milliseconds, context.RequestAborted);
            await next(context);
            return;
        }

        try
        {
            await (rule is not null ? SpoilAsync(context, next, rule)
                : desk.Watches(FaultKind.Stale) && target == FaultTarget.Query ? RememberAsync(context, next)
                : next(context));
        }
        finally
        {
            _reorder.Release(target);
        }
    }

    private Task SpoilAsync(HttpContext context, RequestDelegate next, FaultRule rule) => rule.Fault switch
    {
        FaultKind.LostAck => LoseAsync(context, next, rule),
        FaultKind.ServerError => UnavailableAsync(context.Response),
        FaultKind.Delay => DelayAsync(context, next, rule),
        FaultKind.Duplicate => TwiceAsync(context, next),
        FaultKind.Disconnect => CutAsync(context),
        FaultKind.TooManyRequests => RestGate.RefuseAsync(context),
        FaultKind.Stale => RepeatAsync(context, next),
        FaultKind.HostilePrice => RewriteAsync(context, next, body => HostileText.WithPrices(body, rule.Variant)),
        FaultKind.HostileJson => RewriteAsync(context, next, body => HostileText.WithShape(body, rule.Variant)),
        _ => next(context),
    };

    private static async Task LoseAsync(HttpContext context, RequestDelegate next, FaultRule rule)
    {
        _ = await RunAsync(context, next);
        switch (rule.Variant)
        {
            case FaultVariants.ServerError:
                context.Response.Clear();
                await UnavailableAsync(context.Response);
                break;
            case FaultVariants.Reset:
                await CutAsync(context);
                break;
            default:
                // The client gives up first, or the connection is cut at last: both leave it without an answer.
                await DelayAsync(rule.Milliseconds, context.RequestAborted);
                context.Abort();
                break;
        }
    }

    private static async Task DelayAsync(HttpContext context, RequestDelegate next, FaultRule rule)
    {
        if (rule.Variant == FaultVariants.Answer)
        {
            byte[] body = await RunAsync(context, next);
            await DelayAsync(rule.Milliseconds, context.RequestAborted);
            await WriteAsync(context.Response, body);
        }
        else
        {
            await DelayAsync(rule.Milliseconds, context.RequestAborted);
            await next(context);
        }
    }

    private static async Task TwiceAsync(HttpContext context, RequestDelegate next)
    {
        context.Request.EnableBuffering();
        _ = await RunAsync(context, next);
        context.Response.Clear();
        context.Request.Body.Position = 0;
        await next(context);
    }

    private static async Task RewriteAsync(HttpContext context, RequestDelegate next, Func<byte[], byte[]> rewrite) =>
        await WriteAsync(context.Response, rewrite(await RunAsync(context, next)));

    private async Task RememberAsync(HttpContext context, RequestDelegate next)
    {
        byte[] body = await RunAsync(context, next);
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            _answers[Question(context.Request)] = body;
        }

        await WriteAsync(context.Response, body);
    }

    private async Task RepeatAsync(HttpContext context, RequestDelegate next)
    {
        byte[] fresh = await RunAsync(context, next);
        await WriteAsync(context.Response, _answers.GetValueOrDefault(Question(context.Request), fresh));
    }

    private static string Question(HttpRequest request) => $"{request.Method} {request.Path}{request.QueryString}";

    // The venue does its work and writes into memory; nobody hears of it yet.
    private static async Task<byte[]> RunAsync(HttpContext context, RequestDelegate next)
    {
        Stream wire = context.Response.Body;
        using var memory = new MemoryStream();
        context.Response.Body = memory;
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(CancellationToken.None);
        }
        finally
        {
            context.Response.Body = wire;
        }

        return memory.ToArray();
    }

    private static async Task WriteAsync(HttpResponse response, byte[] body)
    {
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body);
    }

    private static async Task UnavailableAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "text/plain";
        await response.WriteAsync("upstream connect error or disconnect/reset before headers\n");
    }

    private static Task CutAsync(HttpContext context)
    {
        ConnectionCut.Reset(context);
        return Task.CompletedTask;
    }

    private static async Task DelayAsync(int milliseconds, CancellationToken aborted)
    {
        try
        {
            await Task.Delay(milliseconds, aborted);
        }
        catch (OperationCanceledException)
        {
            // The client went away; what it asked for is still done, as it would be at the venue.
        }
    }
}
