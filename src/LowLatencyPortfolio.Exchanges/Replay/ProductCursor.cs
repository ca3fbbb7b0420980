namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>The ticks of one product, file after file.</summary>
/// <remarks>Allocation: when the next file is opened; none per tick.</remarks>
internal sealed class ProductCursor : IDisposable
{
    private readonly ReplayProduct _product;
    private readonly int _priceDecimals;
    private readonly BadRowLog _log;
    private readonly byte[] _buffer = new byte[CsvLines.BufferBytes];
    private readonly MarketTick[] _path = new MarketTick[BarPath.Ticks];
    private ReplayRows? _rows;
    private ReplayRow _row;
    private int _file = -1;
    private int _played;
    private int _ready;

    public ProductCursor(ReplayProduct product, int index, int priceDecimals, BadRowLog log)
    {
        _product = product;
        _priceDecimals = priceDecimals;
        _log = log;
        foreach (ref MarketTick tick in _path.AsSpan())
        {
            tick.Product = index;
        }
    }

    /// <summary>Rows of files that were read to their end, and of the file being read.</summary>
    public long Rows { get; private set; }

    /// <summary>The tick moved to last.</summary>
    public ref readonly MarketTick Head => ref _path[_played];

    public bool TryMoveNext()
    {
        if (_played + 1 < _ready)
        {
            _played++;
            return true;
        }

        return TryPlayRow();
    }

    public void Dispose() => _rows?.Dispose();

    private bool TryPlayRow()
    {
        while (_rows is not null || TryOpenNext())
        {
            ReplayRows rows = _rows!;
            long before = rows.Rows;
            long badBefore = rows.Bad;
            bool found = rows.TryRead(ref _row);
            Rows += rows.Rows - before;
            if (rows.Bad != badBefore)
            {
                ReviewBadRows(rows);
            }

            if (found)
            {
                Play(rows);
                return true;
            }

            Close(rows);
        }

        _played = _ready = 0;
        return false;
    }

    private void Play(ReplayRows rows)
    {
        _played = 0;
        if (rows.Header.Kind == ReplayKind.Bars)
        {
            BarPath.Play(in _row, _product.Files[_file].IntervalNs, _path);
            _ready = BarPath.Ticks;
            return;
        }

        ref MarketTick tick = ref _path[0];
        tick.TimeNs = _row.TimeNs;
        tick.TradeKey = _row.TradeKey;
        tick.Price = _row.Close;
        tick.Quantity = _row.Volume;
        _ready = 1;
    }

    private bool TryOpenNext()
    {
        if (_file + 1 >= _product.Files.Count)
        {
            return false;
        }

        ReplayFile file = _product.Files[++_file];
        _path[0].TradeKey = 0;
        _rows = new ReplayRows(file.Path, _buffer, file.IntervalNs, _priceDecimals, _log);
        return true;
    }

    private void Close(ReplayRows rows)
    {
        rows.Dispose();
        _rows = null;
        ReplayFile file = _product.Files[_file];
        if (rows.Rows != file.Rows)
        {
            throw new ReplayDataException(
                $"{file.Path}: has {rows.Rows} rows now and had {file.Rows} when the run began: "
                + "it was changed meanwhile");
        }
    }

    private void ReviewBadRows(ReplayRows rows)
    {
        ReplayFile file = _product.Files[_file];
        if (BadRowLog.AreTooMany(rows.Bad, file.Rows))
        {
            throw new ReplayDataException(
                $"{file.Path}: {rows.Bad} of {file.Rows} rows are bad, more than 1 %; the first: {_log.First[0]}");
        }
    }
}
