using System.Security.Cryptography;
using System.Text;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Recorded data that was looked through once: what will be played, what was left out, and a fingerprint of it
/// all.</summary>
/// <remarks>Thread: immutable after <see cref="Scan"/>.</remarks>
public sealed class ReplayCatalog
{
    private ReplayCatalog(IReadOnlyList<ReplayProduct> products, IReadOnlyList<string> notes)
    {
        Products = products;
        Notes = notes;
        Fingerprint = FingerprintOf(products);
    }

    /// <summary>The products with data, in the ordinal order of their ids; at least one.</summary>
    public IReadOnlyList<ReplayProduct> Products { get; }

    /// <summary>What the user should be told, a line each: files left out for finer ones, files with a few bad
    /// rows.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>
    /// SHA-256 over product ids, kinds, bar lengths and contents of the chosen files, 64 hexadecimal digits. Equal for
    /// equal data under other file names; a compressed file and its plain text differ.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Time of the first good row, ns UTC.</summary>
    public long FirstTimeNs => Products.Min(product => product.FirstTimeNs);

    /// <summary>The last nanosecond of the data, ns UTC.</summary>
    public long LastTimeNs => Products.Max(product => product.LastTimeNs);

    /// <summary>Rows of the chosen files, bad ones included.</summary>
    public long Rows => Products.Sum(product => product.Rows);

    /// <summary>Reads every file once: kinds, intervals, times, bad rows, decimals and contents.</summary>
    /// <param name="paths">Files, and folders whose <c>*.csv</c> and <c>*.csv.gz</c> are meant. A file that is named
    /// twice counts once.</param>
    /// <param name="known">
    /// Products whose units rows must fit. The units of the others follow from the file: 10⁻⁸ or the finest price, and
    /// a quantity has the rest of 16 decimals.
    /// </param>
    /// <returns>What will be played.</returns>
    /// <exception cref="ReplayDataException">
    /// Nothing can be played, or not all of it: no such file, an empty folder, a foreign header, damage, files of one
    /// product and one interval that overlap, or more than 1 % bad rows in a chosen file.
    /// </exception>
    /// <remarks>Cost: about 5 million rows a second and core. Allocation: one buffer and a few lines a file.</remarks>
    public static ReplayCatalog Scan(IEnumerable<string> paths, IEnumerable<ProductSpec>? known = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var scan = new FileScan(known ?? []);
        ReplayFile[] files = [.. FilesOf(paths).Select(scan.Scan)];
        if (files.Length == 0)
        {
            throw new ReplayDataException("no data files were given");
        }

        var notes = new List<string>();
        ReplayProduct[] products = [.. files
            .GroupBy(file => file.ProductId)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FileChoice.Choose(group.Key, group, notes))];
        foreach (ReplayFile file in products.SelectMany(product => product.Files))
        {
            ReviewBadRows(file, notes);
        }

        return new ReplayCatalog(products, notes);
    }

    private static IEnumerable<string> FilesOf(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            string[] found = Directory.Exists(path) ? FilesIn(path) : [path];
            foreach (string file in found.Where(file => seen.Add(Path.GetFullPath(file))))
            {
                yield return file;
            }
        }
    }

    private static string[] FilesIn(string folder)
    {
        string[] files;
        try
        {
            files = [.. Directory.EnumerateFiles(folder).Where(ReplayFileName.IsData).Order(StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ReplayDataException($"{folder}: cannot be read: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }

        return files.Length > 0
            ? files
            : throw new ReplayDataException($"{folder}: holds no *.csv and no *.csv.gz file");
    }

    private static void ReviewBadRows(ReplayFile file, List<string> notes)
    {
        if (file.BadRows == 0)
        {
            return;
        }

        string found = $"{file.Path}: {file.BadRows} of {file.Rows} rows are bad";
        if (BadRowLog.AreTooMany(file.BadRows, file.Rows))
        {
            throw new ReplayDataException($"{found}, more than 1 %; the first: {file.FirstBadRow}");
        }

        notes.Add($"{found} and left out; the first: {file.FirstBadRow}");
    }

    private static string FingerprintOf(IReadOnlyList<ReplayProduct> products)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReplayFile file in products.SelectMany(product => product.Files))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.ProductId}\n{file.Kind}\n{file.IntervalNs}\n"));
            hash.AppendData(file.ContentHash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
