using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>The bodies and status codes the venue answers with.</summary>
internal static class Answers
{
    private static readonly JsonSerializerOptions s_options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Status 200; property names go out as they are written.</summary>
    public static IResult Ok(object body) => Results.Json(body, s_options);

    /// <summary>A body that the strict reader refused.</summary>
    public static IResult BadProto(string message) =>
        Results.Json(new { error = "unknown", error_details = message, message }, s_options, statusCode: 400);

    public static IResult InvalidArgument(string message) => Results.Json(
        new { error = "INVALID_ARGUMENT", code = 3, message, details = Array.Empty<object>() }, s_options,
        statusCode: 400);

    public static IResult NotFound(string message) =>
        Results.Json(new { error = "NOT_FOUND", error_details = message, message }, s_options, statusCode: 404);

    /// <summary>An order that does not exist, in the words the venue uses for it.</summary>
    public static IResult OrderNotFound()
    {
        const string Message = "order with this orderID was not found";
        return Results.Json(new { error = "unknown", error_details = Message, message = Message }, s_options,
            statusCode: 404);
    }
}
