using LowLatencyPortfolio.ExchangeSim.Faults;
using Microsoft.AspNetCore.Http;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>What a REST request is, by method and path alone: whom it is open to and which faults strike it.</summary>
/// <param name="Needs">Whom it is open to.</param>
/// <param name="Target">Kind in the fault plan.</param>
internal readonly record struct RestRoute(Access Needs, FaultTarget Target)
{
    private const string Brokerage = "/api/v3/brokerage";

    /// <summary>Whether no token is asked for.</summary>
    public bool IsPublic => Needs == Access.Public;

    /// <summary>Whether the wire layer has rules for this path; admin requests have none.</summary>
    /// <param name="path">Of the request.</param>
    /// <returns>True for the venue's own paths.</returns>
    public static bool Covers(PathString path) =>
        path.StartsWithSegments(Brokerage, StringComparison.Ordinal)
        || path.StartsWithSegments("/v2", StringComparison.Ordinal);

    /// <summary>Reads method and path.</summary>
    /// <param name="method">In capitals.</param>
    /// <param name="path">One that is covered.</param>
    /// <returns>What it is.</returns>
    public static RestRoute Of(string method, PathString path)
    {
        string place = path.Value ?? string.Empty;
        if (method == "POST")
        {
            return place switch
            {
                Brokerage + "/orders" => new RestRoute(Access.Trade, FaultTarget.Create),
                Brokerage + "/orders/batch_cancel" => new RestRoute(Access.Trade, FaultTarget.Cancel),
                Brokerage + "/orders/edit" => new RestRoute(Access.Trade, FaultTarget.Edit),
                _ => new RestRoute(Access.View, FaultTarget.Query),
            };
        }

        bool open = place is Brokerage + "/time" or "/v2/time" or "/v2/currencies" or "/v2/currencies/crypto"
            || path.StartsWithSegments("/v2/exchange-rates", StringComparison.Ordinal)
            || path.StartsWithSegments(Brokerage + "/market", StringComparison.Ordinal);
        return new RestRoute(open ? Access.Public : Access.View, FaultTarget.Query);
    }
}
