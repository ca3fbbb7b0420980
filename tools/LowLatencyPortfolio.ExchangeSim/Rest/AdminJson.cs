using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Reads admin bodies: snake_case, numbers as numbers or as strings, unknown fields refused.</summary>
internal static class AdminJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>
    /// A handler whose body is a <typeparamref name="T"/>; a bad body or request is answered with 400.
    /// </summary>
    public static Func<HttpRequest, Task<IResult>> Handler<T>(Func<T, IResult> answer)
        where T : class => async request =>
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(request.Body, s_options).ConfigureAwait(false);
            return body is null ? Answers.InvalidArgument("the body is null") : answer(body);
        }
        catch (JsonException fault)
        {
            return Answers.InvalidArgument(fault.Message);
        }
        catch (RequestFault fault)
        {
            return Answers.InvalidArgument(fault.Message);
        }
    };

    public static string FaultNames { get; } = string.Join(", ", Enum.GetValues<VenueFaultKind>().Select(Name));

    /// <summary>Reads a text that did not come as a request.</summary>
    /// <exception cref="JsonException">It is not a <typeparamref name="T"/>.</exception>
    public static T Read<T>(string json)
        where T : class =>
        JsonSerializer.Deserialize<T>(json, s_options) ?? throw new JsonException("must not be null");

    public static string Name(VenueFaultKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
