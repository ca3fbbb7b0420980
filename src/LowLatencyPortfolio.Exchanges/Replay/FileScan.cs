using System.Security.Cryptography;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Reads files from end to end before anything is traded on them.</summary>
/// <param name="known">Products whose units are known; the units of others are taken from the file.</param>
internal sealed class FileScan(IEnumerable<ProductSpec> known)
{
    private const int StepRows = 1_000;

    private readonly byte[] _buffer = new byte[CsvLines.BufferBytes];
    private readonly Dictionary<string, ProductSpec> _known =
        known.ToDictionary(product => product.ProductId, StringComparer.Ordinal);

    public ReplayFile Scan(string path)
    {
        if (!File.Exists(path))
        {
            throw new ReplayDataException($"{path}: no such file");
        }

        string productId = ReplayFileName.ProductOf(path);
        string? fault = ProductSpec.Faults(productId, 1m, 1m, 0m, 0m).FirstOrDefault();
        if (fault is not null)
        {
            throw new ReplayDataException($"{path}: the file name up to the first dot is no product: {fault}");
        }

        long intervalNs = IntervalOf(path);
        if (_known.TryGetValue(productId, out ProductSpec? product))
        {
            return Reviewed(Read(path, productId, intervalNs, product.PriceDecimals));
        }

        // Prices finer than 10^-8 need finer units, which were not known before the whole file was read: once more,
        // then.
        ReplayFile file = Read(path, productId, intervalNs, ProductSpec.DefaultPriceDecimals);
        int needed = Math.Min(file.PriceDecimals, ProductSpec.UnitDecimals);
        return Reviewed(needed <= ProductSpec.DefaultPriceDecimals ? file : Read(path, productId, intervalNs, needed));
    }

    private static ReplayFile Reviewed(ReplayFile file) => file.Rows > file.BadRows
        ? file
        : throw new ReplayDataException(
            file.Rows == 0
                ? $"{file.Path}: has a header and no rows"
                : $"{file.Path}: every row is bad, {file.Rows} of them; the first: {file.FirstBadRow}");

    private ReplayFile Read(string path, string productId, long intervalNs, int priceDecimals)
    {
        var log = new BadRowLog();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var rows = new ReplayRows(path, _buffer, intervalNs, priceDecimals, log, hash);
        long firstNs = 0;
        long lastNs = 0;
        ReplayRow row = default;
        while (rows.TryRead(ref row))
        {
            firstNs = rows.Rows - rows.Bad == 1 ? row.TimeNs : firstNs;
            lastNs = row.TimeNs;
        }

        return new ReplayFile(path, productId, rows.Header.Kind, intervalNs, firstNs, lastNs, rows.Rows, rows.Bad)
        {
            FirstBadRow = log.Count == 0 ? string.Empty : $"line {log.First[0].Line}: {log.First[0].Reason}",
            PriceDecimals = rows.MostPriceDecimals,
            QuantityDecimals = rows.MostQuantityDecimals,
            ContentHash = hash.GetHashAndReset(),
        };
    }

    /// <summary>Bar length by the name, else the smallest step of the first rows; 0 for trades.</summary>
    private long IntervalOf(string path)
    {
        using var rows = new ReplayRows(
            path, _buffer, intervalNs: 0, ProductSpec.DefaultPriceDecimals, new BadRowLog());
        if (rows.Header.Kind == ReplayKind.Ticks)
        {
            return 0;
        }

        long named = ReplayFileName.IntervalNsOf(path);
        if (named != 0)
        {
            return named;
        }

        long smallest = long.MaxValue;
        long before = -1;
        ReplayRow row = default;
        while (rows.Rows < StepRows && rows.TryRead(ref row))
        {
            if (before >= 0 && row.TimeNs > before)
            {
                smallest = Math.Min(smallest, row.TimeNs - before);
            }

            before = row.TimeNs;
        }

        return smallest != long.MaxValue ? smallest : throw new ReplayDataException(
            $"{path}: the length of its bars is neither in its name (such as {ReplayFileName.ProductOf(path)}.1m.csv) "
            + "nor told by two good rows");
    }
}
