namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The checks of a TWAP order beyond those of the limit order that it is as a whole.</summary>
internal static class TwapReview
{
    public static Rejection? Review(Product product, OrderTerms terms)
    {
        if (terms.Twap is not { } schedule)
            return null;
        if (schedule.StartNs is not { } startNs)
            return Rejection.Of("START_TIME_MUST_BE_SPECIFIED", "Start time is required");
        if (schedule.Buckets is not { } buckets || buckets < 1)
            return Rejection.BadConfiguration;
        long wholeNs = terms.EndTimeNs!.Value - startNs;
        long stepNs = schedule.StepNs(terms.EndTimeNs.Value);
        if (stepNs < 1 || (Int128)stepNs * buckets > wholeNs)
            return Rejection.Of("DURATION_TOO_SMALL", "The buckets do not fit between start and end");
        return Sizes(product, terms, schedule, buckets);
    }

    private static Rejection? Sizes(Product product, OrderTerms terms, TwapSchedule schedule, long buckets)
    {
        decimal total = terms.QuoteSize ?? terms.BaseSize!.Value;
        decimal unit = terms.QuoteSize is null ? product.BaseIncrement : product.QuoteIncrement;
        if (schedule.BucketSize is { } given && Math.Abs(given - (total / buckets)) >= unit)
            return Rejection.BadConfiguration;
        decimal limit = terms.LimitPrice!.Value;
        decimal slice = schedule.Slice(terms.LimitBase(product)!.Value, product.BaseIncrement);
        if (slice < product.BaseMinSize || slice <= 0)
            return Rejection.Of("BUCKET_SIZE_SMALLER_THAN_BASE_MIN", "A bucket is below the minimum size");
        return slice * limit < product.QuoteMinSize
            ? Rejection.Of("BUCKET_SIZE_SMALLER_THAN_QUOTE_MIN", "A bucket is below the minimum value")
            : null;
    }
}
