using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>Times, quantities, prices and enum values as views show them.</summary>
internal static class Shown
{
    private const long NsPerTick = 100;
    private const string IsoFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    /// <summary>Date and second, UTC; <c>-</c> without a time.</summary>
    public static string Time(long? timeNs) => timeNs is > 0 and var ns ? At(ns, "yyyy-MM-dd HH:mm:ss") : "-";

    /// <summary>ISO 8601 in UTC, to the 100 ns; null without a time.</summary>
    public static string? Iso(long? timeNs) => timeNs is > 0 and var ns ? At(ns, IsoFormat) : null;

    /// <summary>The value's name as the database writes it: <c>STOP_LIMIT</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>A quantity or an exact amount with all its digits; <c>-</c> without one.</summary>
    public static string Exact(decimal? value) => value is { } known ? ResultJson.DecimalText(known) : "-";

    /// <summary>A price with the decimals of its product's increment; <c>-</c> without one.</summary>
    public static string Price(decimal? price, ProductSpec product) =>
        price is { } known ? Money.Price(known, ProductSpec.DecimalsOf(product.PriceIncrement)) : "-";

    /// <summary>Two decimals and thousands separators, without a sign for gains.</summary>
    public static string Amount(decimal amount) => Money.SignedNumber(amount).TrimStart('+');

    /// <summary>A percentage with two decimals, without a sign for what is above 0.</summary>
    public static string Percent(decimal? percent) => percent is { } known ? Amount(known) + " %" : "-";

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number that names something: no separators.</summary>
    public static string Id(long? id) => id is { } known ? known.ToString(CultureInfo.InvariantCulture) : "-";

    private static string At(long ns, string format) =>
        DateTime.UnixEpoch.AddTicks(ns / NsPerTick).ToString(format, CultureInfo.InvariantCulture);
}
