using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Writes down once a second at which prices a live engine values what it holds, and what its equity is measured
/// against: for readers beside it, and for the start after a crash.
/// </summary>
/// <remarks>
/// Thread: a timer's, which alone waits for the disk. It reads <see cref="PortfolioBoard"/> as anybody may. With
/// nothing held only a change of what equity is measured against is written, a new day for instance. A commit that
/// fails is the journal's to tell, and the next second writes newer rows.
/// </remarks>
internal sealed class ValuationKeeper : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TradingPipeline _pipeline;
    private readonly StoredJournal _journal;
    private readonly PortfolioSnapshot _snapshot;
    private readonly Lock _writing = new();
    private readonly Timer _timer;
    private long _writtenAtNs;
    private (EquityBases Bases, decimal BreakerBase) _written;
    private bool _ended;

    public ValuationKeeper(TradingPipeline pipeline, StoredJournal journal)
    {
        _pipeline = pipeline;
        _journal = journal;
        _snapshot = pipeline.Board.NewSnapshot();
        _timer = new Timer(_ => Keep(), null, Period, Period);
    }

    /// <summary>Writes the valuation of all pairs, the last of the session; at quiescence.</summary>
    /// <exception cref="JournalException">They were not stored.</exception>
    public void KeepLast(long nowNs)
    {
        Dispose();
        _journal.WriteRows(NewestValuation.Of(_pipeline, nowNs));
    }

    /// <summary>Nothing is written any more once this has returned.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_writing)
        {
            _ended = true;
        }
    }

    private void Keep()
    {
        // A write that takes longer than a second is not overtaken by the next.
        if (!_writing.TryEnter())
        {
            return;
        }

        try
        {
            WriteNewer();
        }
        catch (JournalException)
        {
            // The journal's health says it already.
        }
        finally
        {
            _writing.Exit();
        }
    }

    private void WriteNewer()
    {
        if (_ended)
        {
            return;
        }

        _pipeline.Board.Read(_snapshot);
        if (_snapshot.Portfolio.AtNs == _writtenAtNs)
        {
            return;
        }

        ReaderRows newest = NewestValuation.Of(_snapshot, _pipeline.Pairs);
        (EquityBases, decimal) measures = (_snapshot.Portfolio.Bases, _snapshot.Portfolio.BreakerBase);
        if (newest.Equity is not null && (newest.Marks.Count > 0 || measures != _written))
        {
            _journal.WriteRows(newest);
            _writtenAtNs = _snapshot.Portfolio.AtNs;
            _written = measures;
        }
    }
}
