using System.Globalization;
using System.IO.Compression;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The candles of a folder's <c>PRODUCT.5m.csv.gz</c> files, aligned by time; an absent candle has no ticks.
/// </summary>
internal sealed class CandleFolder
{
    private const string Ending = ".5m.csv.gz";
    private const string Header = "time,open,high,low,close,volume";

    private CandleFolder(ProductSpec[] products, long[] times, Candle[][] candles) =>
        (Products, Times, Candles) = (products, times, candles);

    public ProductSpec[] Products { get; }

    /// <summary>Where each interval begins in which any pair traded, ns since the Unix epoch, rising.</summary>
    public long[] Times { get; }

    /// <summary>By pair, then by time.</summary>
    public Candle[][] Candles { get; }

    public static CandleFolder Read(string folder)
    {
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Ending) : [];
        if (files.Length == 0)
        {
            throw new InvalidOperationException($"{folder} has no PRODUCT{Ending} file");
        }

        Array.Sort(files, StringComparer.Ordinal);
        ProductSpec[] products = [.. files.Select(file => ProductOf(Path.GetFileName(file)[..^Ending.Length]))];
        Dictionary<long, Candle>[] read = [.. files.Select((file, pair) => ReadFile(file, products[pair]))];
        long[] times = [.. read.SelectMany(candles => candles.Keys).Distinct().Order()];
        return new CandleFolder(
            products,
            times,
            [.. read.Select(candles => times.Select(time => candles.GetValueOrDefault(time)).ToArray())]);
    }

    // The files do not say the venue's increments, and nothing is ordered here.
    private static ProductSpec ProductOf(string productId) => new(productId, 0.00000001m, 0.00000001m);

    private static Dictionary<long, Candle> ReadFile(string file, ProductSpec product)
    {
        using StreamReader text = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        if (text.ReadLine() != Header)
        {
            throw new InvalidOperationException($"{file} does not begin with {Header}");
        }

        Dictionary<long, Candle> candles = [];
        while (text.ReadLine() is { } line)
        {
            Candle candle = Parse(line.Split(','), product, file);
            candles[candle.OpenTimeNs] = candle;
        }

        return candles;
    }

    private static Candle Parse(string[] fields, ProductSpec product, string file)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        if (fields.Length != 6 || !DateTimeOffset.TryParse(fields[0], plain, Utc, out DateTimeOffset time))
        {
            throw new InvalidOperationException($"{file}: {string.Join(',', fields)} is not a candle");
        }

        long Units(int field, decimal scale) => (long)decimal.Round(decimal.Parse(fields[field], plain) * scale);
        return new Candle
        {
            OpenTimeNs = (time - DateTimeOffset.UnixEpoch).Ticks * 100,
            Open = Units(1, product.PriceScale),
            High = Units(2, product.PriceScale),
            Low = Units(3, product.PriceScale),
            Close = Units(4, product.PriceScale),
            Volume = Units(5, product.QuantityScale),
            Ticks = 1,
        };
    }
}
