namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>The parts of requests that only TWAP and scaled orders have, and their enums' names.</summary>
internal static class AlgoRequests
{
    private static readonly Dictionary<string, LadderPrices> s_prices = new(StringComparer.Ordinal)
    {
        ["FLAT"] = LadderPrices.Flat,
        ["LINEAR_INCREASING"] = LadderPrices.Increasing,
        ["LINEAR_DECREASING"] = LadderPrices.Decreasing,
        ["CUSTOM_PRICE_DISTRIBUTION"] = LadderPrices.Custom,
    };

    private static readonly Dictionary<string, LadderSizes> s_sizes = new(StringComparer.Ordinal)
    {
        ["UNKNOWN_DISTRIBUTION"] = LadderSizes.Unknown,
        ["INCREASING"] = LadderSizes.Increasing,
        ["DECREASING"] = LadderSizes.Decreasing,
        ["EVENLY_SPLIT"] = LadderSizes.Even,
        ["CUSTOM_SIZE_DISTRIBUTION"] = LadderSizes.Custom,
    };

    public static string Name(LadderPrices prices) => s_prices.Single(pair => pair.Value == prices).Key;

    public static string Name(LadderSizes sizes) => s_sizes.Single(pair => pair.Value == sizes).Key;

    /// <exception cref="RequestFault">A number, a time or a duration that is none.</exception>
    public static TwapSchedule Twap(ProtoMessage fields) => new(
        OrderRequests.Time(fields, "start_time"),
        fields.Count("number_buckets"),
        OrderRequests.Number(fields, "bucket_size"),
        Duration(fields.Text("bucket_duration")));

    /// <exception cref="ProtoException">A distribution the venue does not know.</exception>
    /// <exception cref="RequestFault">A number that is none.</exception>
    public static Ladder Ladder(ProtoMessage fields) => new(
        fields.Count("num_orders"),
        OrderRequests.Number(fields, "min_price"),
        OrderRequests.Number(fields, "max_price"),
        Value(s_prices, fields, "price_distribution"),
        Value(s_sizes, fields, "size_distribution"),
        OrderRequests.Number(fields, "size_diff"),
        OrderRequests.Number(fields, "size_ratio"),
        [.. fields.MessageList("orders").Select(Rung)]);

    private static OrderTerms Rung(ProtoMessage fields) => new(
        OrderKind.LimitGtc,
        "limit_limit_gtc",
        OrderRequests.Number(fields, "base_size"),
        OrderRequests.Number(fields, "quote_size"),
        OrderRequests.Number(fields, "limit_price"),
        PostOnly: fields.Flag("post_only"));

    /// <summary>An absent enum is its first value.</summary>
    private static T Value<T>(Dictionary<string, T> names, ProtoMessage fields, string name)
        where T : struct
    {
        if (fields.Text(name) is not { } text)
            return default;
        return names.TryGetValue(text, out var value) ? value
            : throw new ProtoException($"proto: invalid value for enum type: \"{text}\" ({name})");
    }

    /// <summary>Seconds with at most nine decimals and an s behind, as protojson writes durations.</summary>
    private static long? Duration(string? text)
    {
        if (text is null)
            return null;
        return text.EndsWith('s') && WireText.TryNumber(text[..^1], out decimal seconds) && seconds <= 315_576_000m
            && seconds * VenueTime.SecondNs % 1 == 0
            ? (long)(seconds * VenueTime.SecondNs)
            : throw new RequestFault($"invalid bucket_duration: {text}");
    }
}
