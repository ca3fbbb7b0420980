using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Query parameters with their checks; arrays are repeated parameters.</summary>
internal static class QueryText
{
    public static IReadOnlyList<string> Many(this HttpRequest request, string name) =>
        [.. request.Query[name].Where(text => !string.IsNullOrEmpty(text)).Select(text => text!)];

    public static string? One(this HttpRequest request, string name) =>
        request.Query[name].FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <exception cref="RequestFault">Not a whole number of at least zero.</exception>
    public static int Count(this HttpRequest request, string name, int fallback, int max)
    {
        if (request.One(name) is not { } text)
            return fallback;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            throw new RequestFault($"invalid {name}: {text}");
        return Math.Min(value, max);
    }

    /// <exception cref="RequestFault">Not Unix seconds.</exception>
    public static long? Seconds(this HttpRequest request, string name)
    {
        if (request.One(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new RequestFault($"invalid {name}: {text}");
    }

    /// <exception cref="RequestFault">Not RFC 3339.</exception>
    public static long? TimeNs(this HttpRequest request, string name)
    {
        if (request.One(name) is not { } text)
            return null;
        return VenueTime.TryParse(text, out long ns) ? ns : throw new RequestFault($"invalid {name}: {text}");
    }

    public static bool IsTrue(this HttpRequest request, string name) =>
        string.Equals(request.One(name), "true", StringComparison.OrdinalIgnoreCase);
}
