using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The figures of one distribution, ns.</summary>
internal sealed record Percentiles(long Count, long P50, long P90, long P99, long P999, long P9999, long Max)
{
    // 60 s, three digits.
    private const long HighestNs = 60_000_000_000;
    private const int Digits = 3;

    public const string Heading =
        "      count           p50           p90           p99         p99.9        p99.99           max";

    public static Percentiles Of(ReadOnlySpan<long> values)
    {
        LogLinearHistogram histogram = new(HighestNs, Digits);
        foreach (long value in values)
        {
            histogram.Record(value);
        }

        return new Percentiles(
            histogram.Count, histogram.Percentile(50), histogram.Percentile(90), histogram.Percentile(99),
            histogram.Percentile(99.9),
            histogram.Percentile(99.99), histogram.Max);
    }

    public void WriteJson(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("count", Count);
        writer.WriteNumber("p50Ns", P50);
        writer.WriteNumber("p90Ns", P90);
        writer.WriteNumber("p99Ns", P99);
        writer.WriteNumber("p999Ns", P999);
        writer.WriteNumber("p9999Ns", P9999);
        writer.WriteNumber("maxNs", Max);
        writer.WriteEndObject();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count,11:N0}{P50,14:N0}{P90,14:N0}{P99,14:N0}{P999,14:N0}{P9999,14:N0}{Max,14:N0}");
}
