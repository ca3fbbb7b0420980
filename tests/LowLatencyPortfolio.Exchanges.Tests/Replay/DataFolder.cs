using System.Globalization;
using System.IO.Compression;
using System.Text;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

/// <summary>A folder of its own for a test's files, removed afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    public const string Ticks = "time,price,size";
    public const string Bars = "time,open,high,low,close,volume";

    public string Root { get; } = Directory.CreateTempSubdirectory("llp-replay-").FullName;

    public string PathOf(string name) => Path.Combine(Root, name);

    public DataFolder Add(string name, params string[] lines) => AddText(name, string.Join('\n', lines) + "\n");

    public DataFolder AddText(string name, string text) => AddBytes(name, Encoding.UTF8.GetBytes(text));

    public DataFolder AddBytes(string name, byte[] bytes)
    {
        if (name.EndsWith(".gz", StringComparison.Ordinal) && !(bytes is [0x1F, 0x8B, ..]))
        {
            bytes = Gzip(bytes);
        }

        File.WriteAllBytes(PathOf(name), bytes);
        return this;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    public ReplayCatalog Scan() => ReplayCatalog.Scan([Root]);

    /// <summary>The message of the fault, with the folder's path taken out.</summary>
    public string Fault() => Fault(() => Scan());

    public string Fault(Action action)
    {
        string message = Assert.Throws<ReplayDataException>(action).Message;
        Assert.DoesNotContain('\n', message);
        return message.Replace(Root + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);
    }

    public List<MarketTick> Play(params string[] products)
    {
        using ReplayFeed feed = Open(products);
        return All(feed);
    }

    public ReplayFeed Open(params string[] products) => new(Scan(), Pairs.Of(products));

    public static List<MarketTick> All(ReplayFeed feed)
    {
        var ticks = new List<MarketTick>();
        while (feed.TryRead(out MarketTick tick))
        {
            ticks.Add(tick);
        }

        return ticks;
    }

    /// <summary>A tick as text: product, time after 2024-01-01 in seconds, price and quantity.</summary>
    public static string Line(MarketTick tick)
    {
        PairSetup pair = Pairs.Of("A-USD", "B-USD")[0];
        decimal seconds = (tick.TimeNs - 1_704_067_200_000_000_000) / 1_000_000_000m;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tick.Product} {seconds:0.#########} "
            + $"{pair.Product.PriceOf(tick.Price):0.########} {pair.Product.QuantityOf(tick.Quantity):0.########}");
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
