using System.Globalization;
using System.IO.Compression;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals.Tests;

/// <summary>The venue's candles in Data, read the slow and obvious way.</summary>
internal static class RealCandles
{
    private const string MinuteFiles = ".1m.csv.gz";

    public static readonly ProductSpec Product = new("BTC-USD", 0.01m, 0.00000001m);

    /// <summary>A folder with other candles of the same form to hold the reference against; null takes Data.</summary>
    public static readonly string? Folder = Environment.GetEnvironmentVariable("LLP_CANDLES");

    public static readonly TheoryData<string> Pairs = ["BTC-USD", "DOGE-USD", "DOT-USD"];

    /// <summary>Every pair that there are 1-minute candles of.</summary>
    public static TheoryData<string> AllPairs => [.. Names()
        .Where(name => name.EndsWith(MinuteFiles, StringComparison.Ordinal))
        .Select(name => name[..^MinuteFiles.Length])
        .Order(StringComparer.Ordinal)];

    public static List<MarketCandle> Read(string productId, int minutes) =>
        Read(Bundled($"{productId}.{minutes}m.csv.gz"), minutes);

    /// <summary>As <see cref="Read(string, int)"/>, of a pair of <see cref="AllPairs"/>.</summary>
    public static List<MarketCandle> ReadReference(string productId, int minutes)
    {
        string name = $"{productId}.{minutes}m.csv.gz";
        return Read(Folder is null ? Bundled(name) : File.OpenRead(Path.Combine(Folder, name)), minutes);
    }

    private static IEnumerable<string> Names() => Folder is null
        ? typeof(RealCandles).Assembly.GetManifestResourceNames()
        : Directory.GetFiles(Folder).Select(file => Path.GetFileName(file));

    private static Stream Bundled(string name) => typeof(RealCandles).Assembly.GetManifestResourceStream(name)!;

    private static List<MarketCandle> Read(Stream file, int minutes)
    {
        using Stream packed = file;
        using StreamReader text = new(new GZipStream(packed, CompressionMode.Decompress));
        Assert.Equal("time,open,high,low,close,volume", text.ReadLine());
        List<MarketCandle> candles = [];
        while (text.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            decimal[] numbers = [.. fields[1..].Select(field => decimal.Parse(field, CultureInfo.InvariantCulture))];
            candles.Add(new MarketCandle(
                DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture),
                TimeSpan.FromMinutes(minutes),
                numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]));
        }

        return candles;
    }

    /// <summary>The same candle in units of 10⁻⁸.</summary>
    public static Candle Units(MarketCandle candle)
    {
        Assert.True(Product.TryPriceUnits(candle.Open, out long open));
        Assert.True(Product.TryPriceUnits(candle.High, out long high));
        Assert.True(Product.TryPriceUnits(candle.Low, out long low));
        Assert.True(Product.TryPriceUnits(candle.Close, out long close));
        Assert.True(Product.TryQuantityUnits(candle.Volume, out long volume));
        return new Candle
        {
            OpenTimeNs = TimeNs(candle.OpenTime), Open = open, High = high, Low = low, Close = close,
            Volume = volume, Ticks = 1,
        };
    }

    public static long TimeNs(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;
}
