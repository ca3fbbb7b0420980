using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Where the risk gate shows how the portfolio stands and any thread reads it, without a lock that could hold the gate
/// up.
/// </summary>
/// <remarks>
/// A sequence lock: the writer makes the sequence odd, writes, makes it even; a reader copies and starts again when the
/// sequence was odd or moved. Reading a half-written figure is harmless because it is thrown away. Written at each
/// report, each timer event and each other event but a tick that changes the mode: all prices, and the rows that
/// changed. The gate copies facts; sums and products are the reader's work. Source: SPEC 4.
/// </remarks>
public sealed class PortfolioBoard
{
    private readonly PairSetup[] _setups;
    private readonly PortfolioConfig _config;
    private readonly BoardRow[] _rows;
    private readonly long[] _marks;
    private readonly int[] _changed;
    private readonly bool[] _isChanged;
    private int _changedCount;
    private BoardHead _head;
    private long _sequence;

    internal PortfolioBoard(PairSetup[] setups, PortfolioConfig config)
    {
        _setups = setups;
        _config = config;
        _rows = new BoardRow[setups.Length];
        _marks = new long[setups.Length];
        _changed = new int[setups.Length];
        _isChanged = new bool[setups.Length];
        MarkAllChanged();
    }

    /// <summary>Makes a buffer that fits this engine.</summary>
    /// <returns>An empty snapshot.</returns>
    public PortfolioSnapshot NewSnapshot() => new(_setups, _config);

    /// <summary>Copies the newest figures.</summary>
    /// <param name="into">A snapshot from <see cref="NewSnapshot"/>.</param>
    public void Read(PortfolioSnapshot into)
    {
        ArgumentNullException.ThrowIfNull(into);
        SpinWait spin = default;
        while (true)
        {
            long before = Volatile.Read(ref _sequence);
            if ((before & 1) == 0)
            {
                into.Take(in _head, _rows, _marks);
                Thread.MemoryBarrier();
                if (Volatile.Read(ref _sequence) == before)
                {
                    into.Compute();
                    return;
                }
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>The pair's orders, ledger or state may be others than the board shows.</summary>
    internal void MarkChanged(int product)
    {
        if (!_isChanged[product])
        {
            _isChanged[product] = true;
            _changed[_changedCount++] = product;
        }
    }

    internal void MarkAllChanged()
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            MarkChanged(i);
        }
    }

    internal void Write(GateState gate, long nowNs)
    {
        Volatile.Write(ref _sequence, _sequence + 1);
        Thread.MemoryBarrier();
        _head.AtNs = nowNs;
        _head.Mode = gate.Mode;
        _head.Equity = gate.Breaker.Equity;
        _head.BreakerBase = gate.Breaker.Base;
        _head.Bases = gate.Bases;
        _head.HasExternal = gate.Portfolio.ExternalAvailable.HasValue;
        _head.ExternalAvailable = gate.Portfolio.ExternalAvailable ?? 0m;
        GatedPair[] pairs = gate.Pairs;
        for (int i = 0; i < pairs.Length; i++)
        {
            _marks[i] = pairs[i].Mark;
        }

        foreach (int product in _changed.AsSpan(0, _changedCount))
        {
            WriteRow(product, gate);
            _isChanged[product] = false;
        }

        _changedCount = 0;
        Volatile.Write(ref _sequence, _sequence + 1);
    }

    private void WriteRow(int index, GateState gate)
    {
        ref GatedPair pair = ref gate.Pairs[index];
        ref PositionLedger ledger = ref gate.Portfolio.Ledger(index);
        ref BoardRow row = ref _rows[index];
        row.Held = pair.Held;
        PairSurvey survey = PairSurvey.Of(gate.Orders, index);
        row.Buying = survey.BuyQuantity;
        row.StopTrigger = survey.HighestStopTrigger;
        row.Cover = StopCover.Of(gate.Orders, index, pair.Held, _setups[index].Product);
        row.Cost = ledger.Cost;
        row.Realized = ledger.Realized;
        row.Fees = ledger.Fees;
        (row.WorkingExposure, row.Reserved, _) = gate.Portfolio.WorkingBuys(index);
        row.ClosedTrades = ledger.ClosedTrades;
        row.WonTrades = ledger.WonTrades;
        row.Exiting = pair.Exiting || pair.MustExit != ExitReason.None;
    }
}
