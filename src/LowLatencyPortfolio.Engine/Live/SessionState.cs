using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The whole state of a live engine as it stands in a checkpoint: which pairs, the venue if it is simulated, the
/// stages, what rebalances measured, and at the end candles and votes where there are any.
/// </summary>
internal static class SessionState
{
    private const string RebalancesName = "live rebalances";

    private static readonly string s_sectionName = $"engine-2 {CheckpointLayout.Mark}";

    /// <summary>Whether this program would read a stored state as it was meant.</summary>
    public static bool IsReadable(ReadOnlyMemory<byte> state)
    {
        try
        {
            return new CheckpointReader(state).TrySection(s_sectionName);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    public static CheckpointWriter Save(
        TradingPipeline pipeline, IOrderGateway gateway, LiveSignals? signals = null, RebalanceDesk? rebalances = null)
    {
        CheckpointWriter writer = new();
        writer.Section(s_sectionName);
        writer.Write(pipeline.Pairs.Length);
        foreach (PairSetup pair in pipeline.Pairs)
        {
            writer.Write(pair.ProductId);
            writer.Write(pair.Product.PriceDecimals);
        }

        gateway.Save(writer);
        pipeline.Save(writer);
        if (rebalances is not null)
        {
            CheckpointWriter part = new();
            rebalances.Save(part);
            writer.Section(RebalancesName);
            writer.Write(part.Written.Span);
        }

        signals?.Save(writer);
        return writer;
    }

    /// <exception cref="JournalException">The state is of other pairs, or cannot be understood.</exception>
    public static void Restore(
        ReadOnlyMemory<byte> state, TradingPipeline pipeline, IOrderGateway gateway, LiveSignals? signals = null,
        RebalanceDesk? rebalances = null)
    {
        try
        {
            CheckpointReader reader = new(state);
            reader.Section(s_sectionName);
            RequirePairs(reader, pipeline.Pairs);
            gateway.Restore(reader);
            pipeline.Restore(reader);
            if (reader.TrySection(RebalancesName))
            {
                byte[] part = reader.ReadBytes().ToArray();
                rebalances?.RestoreAfterPause(new CheckpointReader(part));
            }

            if (signals is not null && !reader.AtEnd)
            {
                signals.Restore(reader);
            }
        }
        catch (InvalidDataException e)
        {
            throw new JournalException(
                $"the stored state cannot be taken back ({e.Message}); start with the pairs and the program it was "
                + "written with, or on another database",
                e);
        }
    }

    private static void RequirePairs(CheckpointReader reader, ReadOnlySpan<PairSetup> pairs)
    {
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string productId = reader.ReadString();
            int decimals = reader.ReadInt32();
            if (i >= pairs.Length || pairs[i].ProductId != productId || pairs[i].Product.PriceDecimals != decimals)
            {
                throw new InvalidDataException($"its pair {i} is {productId} with prices of {decimals} decimals");
            }
        }

        if (count != pairs.Length)
        {
            throw new InvalidDataException($"it has {count} pairs, this engine {pairs.Length}");
        }
    }
}
