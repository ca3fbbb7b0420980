using System.Security.Cryptography;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>The good rows of one file in time order; the bad ones go to the log.</summary>
internal sealed class ReplayRows : IDisposable
{
    private readonly string _path;
    private readonly CsvLines _lines;
    private readonly RowParser _parser;
    private readonly BadRowLog _log;
    private readonly long _intervalNs;
    private long _earliestNs = long.MinValue;
    private long _lastNs = long.MinValue;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="buffer">For the lines; the caller's, used until this is disposed of.</param>
    /// <param name="intervalNs">Length of a bar: one that begins before its predecessor ends is bad. 0 for trades,
    /// which may share a time.</param>
    /// <param name="priceDecimals">Decimals of the ring price.</param>
    /// <param name="log">Where bad rows go.</param>
    /// <param name="contentHash">Given while a file is scanned: takes the contents, and decimals are measured.</param>
    public ReplayRows(
        string path, byte[] buffer, long intervalNs, int priceDecimals, BadRowLog log,
        IncrementalHash? contentHash = null)
    {
        _path = path;
        _log = log;
        _intervalNs = intervalNs;
        _lines = new CsvLines(path, buffer, contentHash);
        try
        {
            if (!_lines.TryRead(out ReadOnlySpan<byte> first))
            {
                throw new ReplayDataException($"{path}: is empty");
            }

            ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
            Header = CsvHeader.Parse(path, first.StartsWith(byteOrderMark) ? first[byteOrderMark.Length..] : first);
        }
        catch
        {
            _lines.Dispose();
            throw;
        }

        _parser = new RowParser(Header, priceDecimals) { MeasuresDecimals = contentHash is not null };
    }

    public CsvHeader Header { get; }

    /// <summary>Rows seen, bad ones included; blank lines are no rows.</summary>
    public long Rows { get; private set; }

    public long Bad { get; private set; }

    public int MostPriceDecimals => _parser.MostPriceDecimals;

    public int MostQuantityDecimals => _parser.MostQuantityDecimals;

    public bool TryRead(ref ReplayRow row)
    {
        while (_lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            Rows++;
            RowFault fault = _parser.Parse(line, ref row);
            if (fault == RowFault.None)
            {
                fault = JudgeTime(row.TimeNs);
            }

            if (fault == RowFault.None)
            {
                _lastNs = row.TimeNs;
                _earliestNs = row.TimeNs + _intervalNs;
                return true;
            }

            Bad++;
            _log.Add(new BadRow(_path, _lines.LineNumber, _parser.Explain(fault, line)));
        }

        return false;
    }

    public void Dispose() => _lines.Dispose();

    private RowFault JudgeTime(long timeNs)
    {
        if (timeNs < _lastNs)
        {
            return RowFault.GoesBack;
        }

        return timeNs < _earliestNs ? RowFault.InsideBarBefore : RowFault.None;
    }
}
