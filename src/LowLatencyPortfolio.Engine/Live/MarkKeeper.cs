using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Writes down once a second at which prices a live engine values what it holds, so that a reader beside it can too.
/// </summary>
/// <remarks>
/// Thread: a timer's, which alone waits for the disk. It reads <see cref="PortfolioBoard"/> as anybody may. With
/// nothing held nothing is written. Nobody decides by these rows: a commit that fails is the journal's to tell, and the
/// next second writes newer ones.
/// </remarks>
internal sealed class MarkKeeper : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TradingPipeline _pipeline;
    private readonly StoredJournal _journal;
    private readonly PortfolioSnapshot _snapshot;
    private readonly Lock _writing = new();
    private readonly Timer _timer;
    private long _writtenAtNs;
    private bool _ended;

    public MarkKeeper(TradingPipeline pipeline, StoredJournal journal)
    {
        _pipeline = pipeline;
        _journal = journal;
        _snapshot = pipeline.Board.NewSnapshot();
        _timer = new Timer(_ => Keep(), null, Period, Period);
    }

    /// <summary>Writes the prices of all pairs, the last of the session; at quiescence.</summary>
    /// <exception cref="JournalException">They were not stored.</exception>
    public void KeepLast(long nowNs)
    {
        Dispose();
        if (NewestMarks.Of(_pipeline, nowNs) is { Count: > 0 } marks)
        {
            _journal.WriteRows(new ReaderRows { Marks = marks });
        }
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

        if (NewestMarks.OfHeld(_snapshot, _pipeline.Pairs) is { Count: > 0 } marks)
        {
            _journal.WriteRows(new ReaderRows { Marks = marks });
            _writtenAtNs = _snapshot.Portfolio.AtNs;
        }
    }
}
