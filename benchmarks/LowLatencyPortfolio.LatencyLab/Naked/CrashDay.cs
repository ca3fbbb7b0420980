using System.Globalization;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The last day of the bundled sample, on which the market fell, as ticks that a simulator plays.</summary>
internal static class CrashDay
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>The sample's data, pairs and limits.</summary>
    /// <exception cref="InvalidOperationException">It does not stand beside the program, or is faulty.</exception>
    public static ReplayRequest Prepare(string database)
    {
        FaultLines faults = new();
        RunOptions sample = new([], null, null, database, Topology.Inline, null, Recapitalize: false);
        return new RunPreparation(faults, []).Prepare(sample, new RunProgress())
            ?? throw new InvalidOperationException("the bundled sample: " + string.Join("; ", faults.Lines));
    }

    /// <summary>Writes a file of ticks for each product.</summary>
    /// <param name="request">The sample.</param>
    /// <param name="folder">Where to; made.</param>
    /// <param name="minutes">How much of the day, from its first minute on.</param>
    /// <returns>Ticks written.</returns>
    public static long Write(ReplayRequest request, string folder, int minutes)
    {
        long fromNs = request.Catalog.LastTimeNs / EventTime.Day * EventTime.Day;
        long endNs = fromNs + (minutes * EventTime.Minute);
        _ = Directory.CreateDirectory(folder);
        StreamWriter[] files = [.. request.Pairs.Select(pair => Begin(Path.Combine(folder, pair.ProductId + ".csv")))];
        try
        {
            using ReplayFeed feed = new(request.Catalog, request.Pairs);
            long ticks = 0;
            while (feed.TryRead(out MarketTick tick) && tick.TimeNs < endNs)
            {
                if (tick.TimeNs >= fromNs)
                {
                    Write(files[tick.Product], request.Pairs[tick.Product], in tick);
                    ticks++;
                }
            }

            return ticks;
        }
        finally
        {
            Array.ForEach(files, file => file.Dispose());
        }
    }

    private static StreamWriter Begin(string path)
    {
        StreamWriter file = new(path);
        file.Write("time,price,size\n");
        return file;
    }

    // What was traded without a volume counts as one unit: the simulator's prints have sizes.
    private static void Write(StreamWriter file, PairSetup pair, in MarketTick tick)
    {
        DateTime time = DateTime.UnixEpoch.AddTicks(tick.TimeNs / TimeSpan.NanosecondsPerTick);
        decimal size = tick.Quantity > 0 ? pair.Product.QuantityOf(tick.Quantity) : 1m;
        file.Write(string.Create(
            Plain, $"{time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'},{pair.Product.PriceOf(tick.Price)},{size}\n"));
    }
}
