using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// A reader's own copy of how the portfolio stood at one event; fill it with <see cref="PortfolioBoard.Read"/>.
/// </summary>
/// <remarks>Thread: the reader's. Allocation: only when made; reuse it.</remarks>
public sealed class PortfolioSnapshot
{
    private readonly PairSetup[] _setups;
    private readonly PortfolioConfig _config;
    private readonly BoardRow[] _rows;
    private readonly long[] _marks;
    private readonly PairFigures[] _pairs;
    private readonly decimal[] _marketValues;
    private BoardHead _head;
    private PortfolioFigures _figures;

    internal PortfolioSnapshot(PairSetup[] setups, PortfolioConfig config)
    {
        _setups = setups;
        _config = config;
        _rows = new BoardRow[setups.Length];
        _marks = new long[setups.Length];
        _pairs = new PairFigures[setups.Length];
        _marketValues = new decimal[setups.Length];
    }

    /// <summary>The portfolio.</summary>
    public ref readonly PortfolioFigures Portfolio => ref _figures;

    /// <summary>The pairs by index.</summary>
    public ReadOnlySpan<PairFigures> Pairs => _pairs;

    /// <summary>Copies what may be half-written; it is looked at only when the copy proved whole.</summary>
    internal void Take(in BoardHead head, BoardRow[] rows, long[] marks)
    {
        _head = head;
        rows.CopyTo(_rows, 0);
        marks.CopyTo(_marks, 0);
    }

    internal void Compute()
    {
        _figures = new PortfolioFigures
        {
            AtNs = _head.AtNs,
            Mode = _head.Mode,
            Equity = _head.Equity,
            BreakerBase = _head.BreakerBase,
            Bases = _head.Bases,
        };
        for (int i = 0; i < _rows.Length; i++)
        {
            AddPair(i, in _rows[i]);
        }

        decimal own = _config.TotalCapital + _figures.Realized - _figures.Deployed - _figures.Reserved;
        _figures.Available = _head.HasExternal && _head.ExternalAvailable < own ? _head.ExternalAvailable : own;
        _figures.ConcentrationPct = SumOfLargest(_config.TopNConcentration) / _config.TotalCapital * 100m;
    }

    private void AddPair(int index, in BoardRow row)
    {
        ProductSpec product = _setups[index].Product;
        long mark = _marks[index];
        decimal marketValue = product.QuantityOf(row.Held) * product.PriceOf(mark);
        _marketValues[index] = marketValue;
        _pairs[index] = new PairFigures
        {
            Held = row.Held,
            Buying = row.Buying,
            Mark = mark,
            StopTrigger = row.StopTrigger,
            Covered = row.Cover.Quantity,
            StopValue = row.Cover.Value,
            Cost = row.Cost,
            Realized = row.Realized,
            Exposure = marketValue + row.WorkingExposure,
            Exiting = row.Exiting,
        };
        _figures.Deployed += row.Cost;
        _figures.Reserved += row.Reserved;
        _figures.Realized += row.Realized;
        _figures.Unrealized += marketValue - row.Cost;
        _figures.Fees += row.Fees;
        _figures.ClosedPositions += row.ClosedTrades;
        _figures.WonPositions += row.WonTrades;
        _figures.ActivePositions += row.Held > 0 && !product.IsDust(row.Held, mark) ? 1 : 0;
    }

    private decimal SumOfLargest(int count)
    {
        _marketValues.AsSpan().Sort();
        decimal sum = 0m;
        for (int i = Math.Max(0, _marketValues.Length - count); i < _marketValues.Length; i++)
        {
            sum += _marketValues[i];
        }

        return sum;
    }
}
