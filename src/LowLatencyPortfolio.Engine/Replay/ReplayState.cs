using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// The whole state of a replay as one record: which pairs, the stages, the paper exchange's book, the feeder, what
/// the rebalance measured, and at the end what the signals know. Whoever has none of either keeps theirs as it is, for
/// the run that has them.
/// </summary>
internal sealed class ReplayState(
    PairSetup[] pairs, TradingPipeline pipeline, PaperExchange paper, ReplayFeeder feeder,
    ReplaySignals? signals = null, ReplayRebalances? rebalances = null)
{
    // Three order tables, full, are some 2 MB; so the record never has to grow while it is taken on the pipeline's
    // thread.
    private const int Capacity = 4 * 1024 * 1024;

    private static readonly string s_sectionName = $"replay-2 {CheckpointLayout.Mark}";

    private readonly CheckpointWriter _writer = new(Capacity);
    private readonly CheckpointWriter _rebalances = new();
    private byte[] _signalsKept = [];
    private byte[] _rebalancesKept = [];

    /// <summary>Takes the state; at quiescence. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        _writer.Reset();
        _writer.Section(s_sectionName);
        _writer.Write(pairs.Length);
        foreach (PairSetup pair in pairs)
        {
            _writer.Write(pair.ProductId);
            _writer.Write((long)pair.Product.PriceDecimals);
        }

        pipeline.Save(_writer);
        paper.WriteCheckpoint(_writer);
        feeder.Save(_writer);
        _rebalances.Reset();
        rebalances?.Save(_rebalances);
        _writer.Write(rebalances is null ? _rebalancesKept : _rebalances.Written.Span);
        if (signals is not null)
        {
            signals.Save(_writer);
        }
        else
        {
            _writer.WriteRest(_signalsKept);
        }

        return _writer.Written;
    }

    /// <summary>Puts a stored state back.</summary>
    /// <exception cref="JournalException">
    /// It is of other pairs or other units, or of another version, or nothing would be left of its equity.
    /// </exception>
    public void Restore(ReadOnlyMemory<byte> state, bool sameInput)
    {
        try
        {
            CheckpointReader reader = new(state);
            RequireSamePairs(reader);
            pipeline.Restore(reader);
            paper.ReadCheckpoint(reader);
            feeder.Restore(reader, sameInput);
            _rebalancesKept = reader.ReadBytes().ToArray();
            if (_rebalancesKept.Length > 0)
            {
                rebalances?.Restore(new CheckpointReader(_rebalancesKept));
            }

            if (signals is null)
            {
                _signalsKept = reader.ReadRest().ToArray();
            }
            else if (!reader.AtEnd)
            {
                signals.Restore(reader);
            }
        }
        catch (InvalidDataException e)
        {
            throw new JournalException(
                $"the stored state cannot be taken back ({e.Message}); go on with the program it was written with, or "
                + "give --db another file",
                e);
        }

        RequireEquity();
    }

    private void RequireEquity()
    {
        PortfolioMetrics metrics = pipeline.Metrics();
        if (metrics.Equity <= 0m)
        {
            throw new JournalException(string.Create(
                CultureInfo.InvariantCulture,
                $"with a capital of {metrics.TotalCapital} the portfolio's equity would be {metrics.Equity}: "
                + $"it has lost more than that"));
        }
    }

    // The state is in ring units, so that other units would be other prices and quantities.
    private void RequireSamePairs(CheckpointReader reader)
    {
        reader.Section(s_sectionName);
        string[] stored = new string[reader.ReadInt32()];
        long[] decimals = new long[stored.Length];
        for (int i = 0; i < stored.Length; i++)
        {
            stored[i] = reader.ReadString();
            decimals[i] = reader.ReadInt64();
        }

        if (!stored.SequenceEqual(pairs.Select(pair => pair.ProductId)))
        {
            throw new JournalException(
                $"the database holds a portfolio of {string.Join(", ", stored)}; this input has "
                + $"{string.Join(", ", pairs.Select(pair => pair.ProductId))}: give --db another file");
        }

        for (int i = 0; i < stored.Length; i++)
        {
            if (decimals[i] != pairs[i].Product.PriceDecimals)
            {
                throw new JournalException(
                    $"{stored[i]} was traded in units of 10^-{decimals[i]}, this input needs "
                    + $"10^-{pairs[i].Product.PriceDecimals}: list the product's priceIncrement in the configuration "
                    + "or give --db another file");
            }
        }
    }
}
